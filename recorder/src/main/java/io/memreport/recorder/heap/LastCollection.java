// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.heap.LastCollectionEvent;
import io.memreport.recorder.proc.OpenFiles;
import io.memreport.recorder.proc.ResidentMemory;
import io.memreport.recorder.weak.SoftlyHeld;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The full collection after the last test, when an engine is through with its tests and when the
 * JVM ends. In a short suite with a large heap nothing may have been collected, and only this tells
 * what tests left from what was not collected yet.
 */
public final class LastCollection {
  /** Less than this is no leak that would be reported. */
  private static final long WORTH_BYTES = 8 << 20;

  /** So much of direct buffers is told of, if it is no garbage. */
  private static final long MUCH_DIRECT_BYTES = 16 << 20;

  /** So much outside the heap is told of, if no garbage holds it. */
  private static final long MUCH_RESIDENT_BYTES = 64 << 20;

  /** So much mapped shared memory is told of, if it is no garbage. */
  private static final long MUCH_SHARED_BYTES = 16 << 20;

  /** So many files are told of. */
  private static final long MANY_FILES = 64;

  /** Tried, never waited for: what one thread decides, another need not. */
  private static final ReentrantLock DECIDING = new ReentrantLock();

  private static volatile Stand first;
  private static volatile Stand last;

  /** Direct buffers that were in use after the last collection. */
  private static volatile long directBefore;

  /** Resident memory since then: a heap that shrank meanwhile must not hide what grew beside it. */
  private static volatile long lowest;

  private LastCollection() {}

  /** What is to be compared; what is not known is {@link MemreportEvent#UNKNOWN}. */
  private record Stand(ResidentMemory resident, OpenFiles.Count files) {
    static Stand now() {
      return new Stand(ResidentMemory.now(), OpenFiles.count());
    }

    boolean isMuchAfter(Stand before) {
      return isMuch(lowest, resident.bytes(), MUCH_RESIDENT_BYTES)
          || isMuch(before.resident.sharedBytes(), resident.sharedBytes(), MUCH_SHARED_BYTES)
          || before.files != null && files != null && left(before) >= MANY_FILES;
    }

    private static boolean isMuch(long before, long now, long much) {
      return before != MemreportEvent.UNKNOWN
          && now != MemreportEvent.UNKNOWN
          && now - before >= much;
    }

    long left(Stand before) {
      return files.others() - before.files.others();
    }
  }

  /** Whether a test has begun whose garbage is to be told from what it left. */
  public static boolean isToCome() {
    return first != null;
  }

  /** A test begins: what the first one finds is of none. */
  public static void testBegins() {
    if (first == null) {
      startFrom(Stand.now());
      first = last;
      Boundaries.firstTestBegins();
    }
  }

  /** A test begins or ends with so much resident memory. */
  static void stands(long resident) {
    if (resident < lowest) {
      lowest = resident;
    }
  }

  private static void startFrom(Stand now) {
    last = now;
    lowest = now.resident.bytes();
  }

  /** A run ends: what was known of it is no measure for the next. */
  public static void forget() {
    first = null;
    last = null;
    directBefore = 0;
    TestLoaders.forget();
  }

  /** Collects, if this JVM ran tests and so much that they took may be in use or not. */
  public static void decide() {
    if (!isToCome() || !DECIDING.tryLock()) {
      return;
    }
    try {
      decideHolding();
    } finally {
      DECIDING.unlock();
    }
  }

  /** In steps of 1 MiB: what else goes on in the process moves it by less. */
  private static long released() {
    return (DirectBuffers.used() + ResidentMemory.now().bytes()) >> 20;
  }

  private static void decideHolding() {
    long direct = DirectBuffers.used();
    if (HeapSampling.undecided() < WORTH_BYTES
        && (direct < MUCH_DIRECT_BYTES || direct == directBefore)
        && !TestLoaders.areMany()
        && !Stand.now().isMuchAfter(last)) {
      return;
    }
    long start = System.nanoTime();
    // The next sample is the last one: what was collected gives its memory and its files back
    // first.
    if (!FullCollection.happens(LastCollection::released)) {
      return;
    }
    LastCollectionEvent event = new LastCollectionEvent();
    event.buffersOfJdk = DirectBuffers.keptByJdk();
    event.countedBuffersOfJdk = DirectBuffers.areCounted() ? event.buffersOfJdk : 0;
    directBefore = DirectBuffers.used();
    startFrom(Stand.now());
    if (first.files != null && last.files != null) {
      event.filesLeft = last.left(first);
      event.jarsOpened = last.files.jars() - first.files.jars();
    }
    event.tookMillis = (System.nanoTime() - start) / 1_000_000;
    event.softBytes = SoftlyHeld.now();
    event.commit();
    TestLoaders.write();
  }
}
