// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.jfr.Sums;
import io.memreport.model.memory.LastCollection;
import io.memreport.recorder.event.heap.KeptLoadersEvent;
import io.memreport.recorder.event.heap.LastCollectionEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What full collections after the tests told: the last word holds, in whatever order they come. */
public final class AfterTests {
  private final Map<Kind, Told> loaders = new LinkedHashMap<>();
  private LastCollectionEvent collected;
  private Instant at;

  private record Kind(long test, String loader, String className) {}

  private record Told(Instant at, long count) {}

  /** Takes the event of a collection. */
  public void add(LastCollectionEvent event, Instant when) {
    if (at == null || !when.isBefore(at)) {
      collected = event;
      at = when;
    }
  }

  /** Takes an event that follows one. */
  public void add(KeptLoadersEvent event, Instant when) {
    loaders.merge(
        new Kind(event.testId, event.loader, event.className),
        new Told(when, event.count),
        (one, other) -> other.at.isBefore(one.at) ? one : other);
  }

  /** Bytes that soft references referred to then; null if unknown. */
  public Long heldSoftly() {
    return collected == null ? null : Sums.known(collected.softBytes);
  }

  /** The last one, or null if there was none. */
  public LastCollection last(Map<Long, String> testIds) {
    return collected == null
        ? null
        : new LastCollection(
            at,
            Sums.known(collected.buffersOfJdk),
            Sums.known(collected.countedBuffersOfJdk),
            Sums.known(collected.filesLeft),
            Sums.known(collected.jarsOpened),
            loaders.entrySet().stream()
                .filter(one -> testIds.containsKey(one.getKey().test))
                .filter(one -> one.getValue().count > 0)
                .map(
                    one ->
                        new LastCollection.KeptLoaders(
                            testIds.get(one.getKey().test),
                            one.getKey().loader,
                            one.getKey().className,
                            one.getValue().count))
                .toList());
  }
}
