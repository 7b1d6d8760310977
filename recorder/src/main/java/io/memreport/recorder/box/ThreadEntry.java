// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.THREADS_AT;
import static io.memreport.recorder.box.BoxLayout.THREAD_SIZE;
import static io.memreport.recorder.box.BoxLayout.THREAD_WORK;
import static io.memreport.recorder.box.BoxLayout.WORK_CHECK;
import static io.memreport.recorder.box.BoxLayout.WORK_CONNECTION;
import static io.memreport.recorder.box.BoxLayout.WORK_HEAP_ALLOCATED;
import static io.memreport.recorder.box.BoxLayout.WORK_NATIVE_ALLOCATED;
import static io.memreport.recorder.box.BoxLayout.WORK_NATIVE_NET;
import static io.memreport.recorder.box.BoxLayout.WORK_NUMBER;
import static io.memreport.recorder.box.BoxLayout.WORK_SINCE_NANO_TIME;
import static io.memreport.recorder.box.BoxLayout.WORK_SIZE;
import static io.memreport.recorder.box.BoxLayout.WORK_SQL;
import static io.memreport.recorder.box.BoxLayout.WORK_TEST;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

/** One thread's entry. Only that thread writes what it does. */
public final class ThreadEntry {
  private final ThreadTable table;
  private final ByteBuffer box;
  private final int slot;
  private final WeakReference<Thread> owner;
  private final int work;
  private final long seed;
  private long number;

  ThreadEntry(
      ThreadTable table, ByteBuffer box, int slot, WeakReference<Thread> owner, long javaId) {
    this.table = table;
    this.box = box;
    this.slot = slot;
    this.owner = owner;
    this.work = THREADS_AT + slot * THREAD_SIZE + THREAD_WORK;
    this.seed = BoxCheck.SEED + BoxCheck.term(WORK_CHECK / 8, javaId);
  }

  int slot() {
    return slot;
  }

  /** Gives the entry back: nothing is to be written to it any more. */
  public void release() {
    table.release(slot, owner);
  }

  /**
   * Tells what the thread does from now on.
   *
   * @param test 0 for none
   * @param sql 0 for none
   * @param connection 0 for none
   * @param since {@link System#nanoTime} when the query began
   */
  public void work(
      long test,
      long sql,
      long connection,
      long since,
      long nativeAllocated,
      long nativeNet,
      long heapAllocated) {
    long next = ++number;
    int at = work + (int) (next & 1) * WORK_SIZE;
    ByteBuffer to = box;
    to.putLong(at + WORK_TEST, test);
    to.putLong(at + WORK_SQL, sql);
    to.putLong(at + WORK_CONNECTION, connection);
    to.putLong(at + WORK_SINCE_NANO_TIME, since);
    to.putLong(at + WORK_NATIVE_ALLOCATED, nativeAllocated);
    to.putLong(at + WORK_NATIVE_NET, nativeNet);
    to.putLong(at + WORK_HEAP_ALLOCATED, heapAllocated);
    to.putLong(
        at + WORK_CHECK,
        seed
            + BoxCheck.term(0, next)
            + BoxCheck.term(1, test)
            + BoxCheck.term(2, sql)
            + BoxCheck.term(3, connection)
            + BoxCheck.term(4, since)
            + BoxCheck.term(5, nativeAllocated)
            + BoxCheck.term(6, nativeNet)
            + BoxCheck.term(7, heapAllocated));
    // The kernel kills between two instructions: only the compiler must not reorder these.
    VarHandle.releaseFence();
    to.putLong(at + WORK_NUMBER, next);
  }
}
