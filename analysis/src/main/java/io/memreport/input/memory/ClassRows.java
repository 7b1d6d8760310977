// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.model.memory.ClassUse;
import io.memreport.model.memory.HeapSite;
import io.memreport.recorder.event.heap.ClassRetainedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Java heap of tests by class: counted where histograms were taken, else estimated from samples.
 */
public final class ClassRows {
  private static final int MOST = 20;

  private final Map<Long, List<ClassRetainedEvent>> counted = new LinkedHashMap<>();

  /** An event of the recording. */
  public void add(ClassRetainedEvent event) {
    if (event.className != null && event.bytes > 0) {
      counted.computeIfAbsent(event.testId, missing -> new ArrayList<>()).add(event);
    }
  }

  /**
   * Of one test, the largest first.
   *
   * @param sites of the same test
   */
  public List<ClassUse> of(long test, List<HeapSite> sites) {
    List<ClassRetainedEvent> events = counted.getOrDefault(test, List.of());
    List<ClassUse> uses =
        events.isEmpty()
            ? estimated(sites)
            : events.stream()
                .map(event -> new ClassUse(event.className, site(event, sites), event.bytes, 0))
                .toList();
    return uses.stream()
        .sorted(Comparator.comparingLong(ClassUse::liveBytes).reversed())
        .limit(MOST)
        .toList();
  }

  private static String site(ClassRetainedEvent event, List<HeapSite> sites) {
    return sites.stream()
        .filter(site -> event.className.equals(site.className()) && site.line() != null)
        .max(Comparator.comparingLong(HeapSite::bytes))
        .map(HeapSite::line)
        .orElse(null);
  }

  private record Key(String className, String line) {}

  private static List<ClassUse> estimated(List<HeapSite> sites) {
    Map<Key, List<HeapSite>> byKey = new LinkedHashMap<>();
    for (HeapSite site : sites) {
      byKey
          .computeIfAbsent(new Key(site.className(), site.line()), missing -> new ArrayList<>())
          .add(site);
    }
    return byKey.entrySet().stream()
        .map(
            entry ->
                new ClassUse(
                    entry.getKey().className(),
                    entry.getKey().line(),
                    entry.getValue().stream().mapToLong(HeapSite::bytes).sum(),
                    HeapSite.error(entry.getValue())))
        .toList();
  }
}
