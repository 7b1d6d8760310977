// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.TimeAxis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What several runs held at one instant, by the latest sample of each; pages that they share count
 * once.
 *
 * @param held of each run, 0 before its first sample and after its last
 * @param charged to their cgroup, or null
 */
record ForkTotal(Instant at, long[] held, Long charged) {
  /** So many instants are drawn: of those between, the one with the highest sum stays. */
  private static final int DRAWN = 600;

  long sum() {
    long sum = 0;
    for (long bytes : held) {
      sum += bytes;
    }
    return sum;
  }

  /** The totals on this clock, in the order of time. */
  static List<ForkTotal> of(List<List<MemorySample>> runs, TimeAxis axis) {
    TreeMap<Instant, List<Integer>> instants = new TreeMap<>();
    for (int i = 0; i < runs.size(); i++) {
      for (MemorySample sample : runs.get(i)) {
        instants.computeIfAbsent(sample.at(), at -> new ArrayList<>()).add(i);
      }
    }
    int[] next = new int[runs.size()];
    long[] held = new long[runs.size()];
    Long charged = null;
    TreeMap<Integer, ForkTotal> drawn = new TreeMap<>();
    for (Instant at : instants.keySet()) {
      for (int i = 0; i < runs.size(); i++) {
        List<MemorySample> samples = runs.get(i);
        if (next[i] == samples.size()) {
          held[i] = 0;
        }
        while (next[i] < samples.size() && !samples.get(next[i]).at().isAfter(at)) {
          MemorySample sample = samples.get(next[i]++);
          held[i] = sample.rssBytes() == null ? held[i] : sample.shareOfBytes();
          charged = sample.cgroupBytes() == null ? charged : sample.cgroupBytes();
        }
      }
      ForkTotal total = new ForkTotal(at, held.clone(), charged);
      drawn.merge(
          (int) ((long) axis.x(at) * DRAWN / TimeAxis.WIDTH),
          total,
          (one, other) -> other.sum() > one.sum() ? other : one);
    }
    return List.copyOf(drawn.values());
  }
}
