// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import java.nio.ByteBuffer;

/**
 * The check sum of an entry: a seed and the sum of its 8-byte words, each multiplied by an odd
 * number of its position. One changed word is always noticed, and zeros are never valid. The
 * products don't depend on each other, so that ten words take some 4 ns.
 */
public final class BoxCheck {
  static final long SEED = 0x6d656d7265706f72L;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private BoxCheck() {}

  /** Of the words between two offsets, both multiples of 8. */
  public static long of(ByteBuffer box, int from, int to) {
    long sum = SEED;
    int position = 0;
    for (int at = from; at < to; at += 8) {
      sum += term(position++, box.getLong(at));
    }
    return sum;
  }

  /** What the word at a position, counted from 0, adds to the sum. */
  static long term(int position, long word) {
    return (word ^ (word >>> 32)) * (FACTOR * (2 * position + 1));
  }

  /** Of who a thread is. */
  public static long ofThread(ByteBuffer box, int thread, long javaThreadId) {
    int from = thread + BoxLayout.THREAD_OS_ID;
    int to = thread + BoxLayout.THREAD_CHECK;
    return of(box, from, to) + term((to - from) / 8, javaThreadId);
  }

  /** Of an entry of a thread's work, which belongs to the thread with this id only. */
  public static long ofWork(ByteBuffer box, int work, long javaThreadId) {
    return of(box, work, work + BoxLayout.WORK_CHECK)
        + term(BoxLayout.WORK_CHECK / 8, javaThreadId);
  }

  /**
   * A state that can't be taken for another one, or for that of another entry.
   *
   * @param nanos how long it took, 0 while it runs
   */
  public static long state(long id, BoxStatus status, long nanos) {
    return SEED + term(0, id) + term(1, status.ordinal()) + term(2, nanos);
  }
}
