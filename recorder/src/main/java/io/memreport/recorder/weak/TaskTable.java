// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

/**
 * Which test handed over which task, by the task's identity hash. It refers to no task and no test,
 * so that it keeps nothing alive and gives the collector nothing to do. It takes no lock and
 * allocates nothing. It is bounded: where there is no room it forgets, first what has begun. What
 * is forgotten, or lost as two threads write at once, is merely unknown. Two objects of one hash
 * would be taken for each other: one in two thousand million is.
 */
public final class TaskTable {
  /** No test is known. */
  public static final int UNKNOWN = 0;

  /** So many entries lie together, in half a cache line. */
  private static final int BUCKET = 4;

  /** In an entry, below the hash: the task has begun, and can be forgotten before others. */
  private static final long BEGUN = 1L << 31;

  /** Likewise: its test. {@link #UNKNOWN} if several have handed over the same object. */
  private static final long TEST = BEGUN - 1;

  private final AtomicLongArray entries;
  private final int shift;
  private final IntPredicate runs;

  /**
   * @param bits the table has this power of two of entries, 8 bytes each
   * @param runs whether a test still runs
   */
  public TaskTable(int bits, IntPredicate runs) {
    entries = new AtomicLongArray(1 << bits);
    shift = Integer.SIZE - bits;
    this.runs = runs;
  }

  /** The key of a test here, never {@link #UNKNOWN} but for one in two thousand million. */
  public static int key(long testId) {
    return (int) (testId & TEST);
  }

  /** A test hands over a task. */
  public void put(int hash, int test) {
    int start = start(hash);
    int free = start + (test & BUCKET - 1);
    boolean found = false;
    for (int at = start; at < start + BUCKET; at++) {
      long entry = entries.getOpaque(at);
      if (isOf(entry, hash)) {
        entries.setOpaque(at, entry(hash, isShared(entry, test) ? UNKNOWN : test));
        return;
      }
      if (!found && (entry == 0 || (entry & BEGUN) != 0)) {
        free = at;
        found = true;
      }
    }
    entries.setOpaque(free, entry(hash, test));
  }

  /** The same object, handed over by two tests that both run: nobody knows which one it is. */
  private boolean isShared(long entry, int test) {
    int before = (int) (entry & TEST);
    return before == UNKNOWN || before != test && runs.test(before);
  }

  private static long entry(int hash, int test) {
    return (long) hash << Integer.SIZE | test;
  }

  /** The test that handed over a task that now begins, or {@link #UNKNOWN}. */
  public int begin(int hash) {
    int start = start(hash);
    for (int at = start; at < start + BUCKET; at++) {
      long entry = entries.getOpaque(at);
      if (isOf(entry, hash)) {
        if ((entry & BEGUN) == 0) {
          entries.setOpaque(at, entry | BEGUN);
        }
        return (int) (entry & TEST);
      }
    }
    return UNKNOWN;
  }

  /** Nobody who is known hands over a task: what was known of the object is of before. */
  public void forget(int hash) {
    int start = start(hash);
    for (int at = start; at < start + BUCKET; at++) {
      if (isOf(entries.getOpaque(at), hash)) {
        entries.setOpaque(at, 0);
      }
    }
  }

  private int start(int hash) {
    return hash * 0x9E3779B9 >>> shift & -BUCKET;
  }

  private static boolean isOf(long entry, int hash) {
    return (int) (entry >>> Integer.SIZE) == hash && entry != 0;
  }
}
