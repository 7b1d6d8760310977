// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.util.List;

/**
 * Java objects of one class that one test allocated in one place and that no collection had freed
 * when the run ended, estimated from samples. The largest ones of a run only.
 *
 * @param testId null outside of tests, or where several ran and it can't be told
 * @param via the frame of a library that allocated for the application, or null
 * @param frames of the application, the innermost first; empty if it is not on the stack
 * @param className as source code names it, such as {@code byte[]}; null if unknown
 * @param errorBytes two standard deviations of the estimate: 95 of 100 times it is that near
 * @param samples how many objects it is estimated from
 * @param survivors those of them that survived a collection of any kind
 * @param inUse those of them that survived a full collection: they are reachable
 */
public record HeapSite(
    String runId,
    String testId,
    String via,
    List<String> frames,
    String className,
    long bytes,
    long errorBytes,
    long samples,
    long survivors,
    long inUse) {
  /** Bytes that a full collection has left. */
  public long bytesInUse() {
    return samples == 0 ? 0 : Math.round((double) bytes * inUse / samples);
  }

  /**
   * Whether it was allocated while a class of the application was initialized: that is done once.
   */
  public boolean isConstant() {
    return frames.stream().anyMatch(frame -> frame.contains(".<clinit>"));
  }

  /** Of the sum of several: samples are independent of each other. */
  public static long error(List<HeapSite> sites) {
    double squares = 0;
    for (HeapSite site : sites) {
      squares += (double) site.errorBytes() * site.errorBytes();
    }
    return Math.round(Math.sqrt(squares));
  }

  /** The line of the application that allocated, or null. */
  public String line() {
    return frames.isEmpty() ? null : frames.get(0);
  }
}
