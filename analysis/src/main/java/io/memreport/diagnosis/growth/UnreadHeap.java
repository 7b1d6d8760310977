// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import io.memreport.model.memory.MemorySample;
import java.util.List;

/**
 * When the resident Java heap grew between two readings of the address ranges. A heap that was not
 * collected touches no more pages than its objects take; one that was may have touched any, where
 * it copied what lives.
 */
final class UnreadHeap {
  private UnreadHeap() {}

  /**
   * How much more of it was resident than at the first sample, at each of them.
   *
   * @param samples from one reading to the next
   */
  static long[] grown(List<MemorySample> samples) {
    int steps = samples.size();
    long[] collected = new long[steps];
    long[] filled = new long[steps];
    for (int i = 1; i < steps; i++) {
      long used =
          change(samples.get(i - 1).javaHeapUsedBytes(), samples.get(i).javaHeapUsedBytes());
      long resident = Math.max(0, change(samples.get(i - 1).rssBytes(), samples.get(i).rssBytes()));
      collected[i] = used < 0 ? resident : 0;
      filled[i] = used < 0 ? 0 : Math.min(used, resident);
    }
    long heap =
        Math.max(0, change(samples.get(0).javaHeapBytes(), samples.get(steps - 1).javaHeapBytes()));
    double first = share(heap, collected);
    double then = share(heap - Math.round(first * sum(collected)), filled);
    long[] grown = new long[steps];
    for (int i = 1; i < steps; i++) {
      grown[i] = grown[i - 1] + Math.round(first * collected[i] + then * filled[i]);
    }
    return grown;
  }

  private static double share(long bytes, long[] most) {
    long all = sum(most);
    return all == 0 ? 0 : Math.min(1, (double) bytes / all);
  }

  private static long sum(long[] bytes) {
    long sum = 0;
    for (long one : bytes) {
      sum += one;
    }
    return sum;
  }

  /** 0 where either is not known. */
  private static long change(Long from, Long to) {
    return from == null || to == null ? 0 : to - from;
  }
}
