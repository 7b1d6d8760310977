// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The samples of one run, in the order of their times. */
public record Samples(List<MemorySample> all) {
  public static Samples of(Facts facts, Run run) {
    return new Samples(
        facts.timeline().samples().stream()
            .filter(sample -> run.id().equals(sample.runId()))
            .toList());
  }

  public MemorySample last() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** The latest one up to then; the first one if there is none; null without samples. */
  public MemorySample at(Instant instant) {
    MemorySample found = all.isEmpty() ? null : all.get(0);
    for (MemorySample sample : all) {
      if (sample.at().isAfter(instant)) {
        break;
      }
      found = sample;
    }
    return found;
  }

  /** The latest one that is at least so much older than the last one, or null. */
  public MemorySample before(Duration age) {
    MemorySample last = last();
    return last == null ? null : at(last.at().minus(age));
  }
}
