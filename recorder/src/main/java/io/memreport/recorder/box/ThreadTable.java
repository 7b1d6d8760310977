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
import java.util.ArrayList;
import java.util.List;

/** The live threads. A thread takes an entry when it is first seen; {@link #sweep} frees it. */
final class ThreadTable {
  /** A sweep for each of many threads that find no entry would cost them more than it is worth. */
  private static final long SWEEP_NANOS = 10_000_000;

  private final ByteBuffer box;
  private final List<WeakReference<Thread>> owners = new ArrayList<>();
  private int free;
  private long dropped;
  private long sweptAt = System.nanoTime() - SWEEP_NANOS;

  ThreadTable(ByteBuffer box) {
    this.box = box;
  }

  /** An entry for the current thread, or null if that many threads are alive. */
  synchronized ThreadEntry take(Thread thread) {
    int slot = nextFree();
    if (slot < 0) {
      box.putLong(THREADS_DROPPED, ++dropped);
      return null;
    }
    WeakReference<Thread> owner = new WeakReference<>(thread);
    if (slot == owners.size()) {
      owners.add(owner);
    } else {
      owners.set(slot, owner);
    }
    return write(thread, THREADS_AT + slot * THREAD_SIZE);
  }

  private int nextFree() {
    int found = search();
    if (found < 0 && System.nanoTime() - sweptAt >= SWEEP_NANOS) {
      sweep();
      found = search();
    }
    return found;
  }

  private int search() {
    for (; free < owners.size(); free++) {
      if (owners.get(free) == null) {
        return free;
      }
    }
    return free < THREADS ? free : -1;
  }

  /** Frees the entries of threads that are gone. */
  synchronized void sweep() {
    sweptAt = System.nanoTime();
    for (int slot = 0; slot < owners.size(); slot++) {
      WeakReference<Thread> owner = owners.get(slot);
      Thread thread = owner == null ? null : owner.get();
      if (owner != null && (thread == null || !thread.isAlive())) {
        box.putLong(THREADS_AT + slot * THREAD_SIZE + THREAD_JAVA_ID, 0);
        owners.set(slot, null);
        free = Math.min(free, slot);
      }
    }
  }

  private ThreadEntry write(Thread thread, int at) {
    OsThread os = OsThread.current(thread);
    byte[] name = BoxText.cut(thread.getName(), THREAD_NAME_ROOM);
    byte[] comm = BoxText.cut(os.comm(), THREAD_COMM_ROOM);
    long javaId = javaId(thread);
    box.put(at + THREAD_OS_ID, new byte[THREAD_SIZE - THREAD_OS_ID]);
    box.putLong(at + THREAD_OS_ID, os.id());
    box.putInt(at + THREAD_NAME_LENGTH, name.length);
    box.putInt(at + THREAD_COMM_LENGTH, comm.length);
    box.put(at + THREAD_NAME, name);
    box.put(at + THREAD_COMM, comm);
    box.putLong(at + THREAD_CHECK, BoxCheck.ofThread(box, at, javaId));
    ThreadEntry entry = new ThreadEntry(box, at, javaId);
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
