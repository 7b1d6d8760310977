// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.THREADS;
import static io.memreport.recorder.box.BoxLayout.THREADS_AT;
import static io.memreport.recorder.box.BoxLayout.THREADS_DROPPED;
import static io.memreport.recorder.box.BoxLayout.THREAD_CHECK;
import static io.memreport.recorder.box.BoxLayout.THREAD_COMM;
import static io.memreport.recorder.box.BoxLayout.THREAD_COMM_LENGTH;
import static io.memreport.recorder.box.BoxLayout.THREAD_COMM_ROOM;
import static io.memreport.recorder.box.BoxLayout.THREAD_JAVA_ID;
import static io.memreport.recorder.box.BoxLayout.THREAD_NAME;
import static io.memreport.recorder.box.BoxLayout.THREAD_NAME_LENGTH;
import static io.memreport.recorder.box.BoxLayout.THREAD_NAME_ROOM;
import static io.memreport.recorder.box.BoxLayout.THREAD_OS_ID;
import static io.memreport.recorder.box.BoxLayout.THREAD_SIZE;

import io.memreport.recorder.event.MemreportEvent;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The threads that are shown. A thread takes an entry and gives it back, or dies with it: then
 * {@link #sweep} frees it. No thread waits for another one here.
 */
final class ThreadTable {
  /** A sweep for each of many threads that find no entry would cost them more than it is worth. */
  private static final long SWEEP_NANOS = 10_000_000;

  /** Has an entry while it is freed. */
  private static final WeakReference<Thread> NOBODY = new WeakReference<>(null);

  private static final byte[] ZEROS = new byte[THREAD_SIZE - THREAD_OS_ID];

  private final ByteBuffer box;
  private final AtomicReferenceArray<WeakReference<Thread>> owners =
      new AtomicReferenceArray<>(THREADS);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong sweptAt = new AtomicLong(System.nanoTime() - SWEEP_NANOS);

  /** Where the search for a free entry begins; a guess. */
  private int free;

  ThreadTable(ByteBuffer box) {
    this.box = box;
  }

  /** An entry for the current thread, or null if there is none left. */
  ThreadEntry take(Thread thread) {
    WeakReference<Thread> owner = new WeakReference<>(thread);
    int slot = claim(owner);
    if (slot < 0 && isSweepDue()) {
      sweep();
      slot = claim(owner);
    }
    if (slot < 0) {
      box.putLong(THREADS_DROPPED, dropped.incrementAndGet());
      return null;
    }
    return write(thread, slot, owner);
  }

  private int claim(WeakReference<Thread> owner) {
    int from = free;
    for (int tried = 0; tried < THREADS; tried++) {
      int slot = (from + tried) % THREADS;
      if (owners.get(slot) == null && owners.compareAndSet(slot, null, owner)) {
        free = (slot + 1) % THREADS;
        return slot;
      }
    }
    return -1;
  }

  private boolean isSweepDue() {
    long before = sweptAt.get();
    long now = System.nanoTime();
    return now - before >= SWEEP_NANOS && sweptAt.compareAndSet(before, now);
  }

  /** Frees the entries of threads that are gone. */
  void sweep() {
    sweptAt.set(System.nanoTime());
    for (int slot = THREADS - 1; slot >= 0; slot--) {
      WeakReference<Thread> owner = owners.get(slot);
      Thread thread = owner == null || owner == NOBODY ? null : owner.get();
      if (owner != null && owner != NOBODY && (thread == null || !thread.isAlive())) {
        release(slot, owner);
      }
    }
  }

  /** Frees an entry, if this owner still has it. */
  void release(int slot, WeakReference<Thread> owner) {
    if (owners.compareAndSet(slot, owner, NOBODY)) {
      box.putLong(THREADS_AT + slot * THREAD_SIZE + THREAD_JAVA_ID, 0);
      owners.set(slot, null);
      free = slot;
    }
  }

  private ThreadEntry write(Thread thread, int slot, WeakReference<Thread> owner) {
    int at = THREADS_AT + slot * THREAD_SIZE;
    OsThread os = OsThread.current(thread);
    byte[] name = BoxText.cut(thread.getName(), THREAD_NAME_ROOM);
    byte[] comm = BoxText.cut(os.comm(), THREAD_COMM_ROOM);
    long javaId = javaId(thread);
    box.put(at + THREAD_OS_ID, ZEROS);
    box.putLong(at + THREAD_OS_ID, os.id());
    box.putInt(at + THREAD_NAME_LENGTH, name.length);
    box.putInt(at + THREAD_COMM_LENGTH, comm.length);
    box.put(at + THREAD_NAME, name);
    box.put(at + THREAD_COMM, comm);
    box.putLong(at + THREAD_CHECK, BoxCheck.ofThread(box, at, javaId));
    ThreadEntry entry = new ThreadEntry(this, box, slot, owner, javaId);
    entry.work(
        0,
        0,
        0,
        MemreportEvent.UNKNOWN,
        MemreportEvent.UNKNOWN,
        MemreportEvent.UNKNOWN,
        MemreportEvent.UNKNOWN);
    VarHandle.releaseFence();
    box.putLong(at + THREAD_JAVA_ID, javaId);
    return entry;
  }

  /** What replaces this method came with JDK 19. */
  @SuppressWarnings("deprecation")
  private static long javaId(Thread thread) {
    return thread.getId();
  }
}
