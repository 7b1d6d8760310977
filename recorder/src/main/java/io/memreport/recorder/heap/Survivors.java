// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.heap.SharedCollectionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * What full collections between tests let live. A collection takes as long as many a test, so that
 * tests that allocate little wait for one that covers several; what grew then is shared out among
 * them by what each allocated. As soon as such a growth is worth a look, the next test has a
 * collection of its own again. One thread at a time.
 */
public final class Survivors {
  /** Growth between two collections from which on no test waits. */
  static final long WORTH_A_LOOK = 128 << 10;

  /** Tests that wait at once. */
  static final int MOST_WAITING = 256;

  private final LongUnaryOperator collection;
  private final Supplier<HeapLook> looks;
  private final List<Waiting> waiting = new ArrayList<>();
  private long live = MemreportEvent.UNKNOWN;
  private HeapLook atCollection;
  private boolean grew;

  /** Those of this JVM. */
  public Survivors() {
    this(FullCollection::survivors, HeapLook::now);
  }

  /**
   * @param collection collects and tells what survived, given what survived the one before
   */
  Survivors(LongUnaryOperator collection, Supplier<HeapLook> looks) {
    this.collection = collection;
    this.looks = looks;
  }

  /**
   * Before a test begins.
   *
   * @param fresh whether nothing ran since the last one was over
   * @return what survived the last collection, or {@link MemreportEvent#UNKNOWN}
   */
  public long atStart(boolean fresh) {
    if (live == MemreportEvent.UNKNOWN || !fresh) {
      collect(null);
    }
    return live;
  }

  /** How things stand now. */
  public HeapLook look() {
    return looks.get();
  }

  /**
   * Whether a test that is over waits for a collection that covers others, too.
   *
   * @param start how things stood when it began
   * @param counted gets what it left, once that is known
   */
  public boolean waits(long test, HeapLook start, LongConsumer counted) {
    HeapLook now = looks.get();
    if (waiting.size() == MOST_WAITING || !mayWait(now)) {
      return false;
    }
    waiting.add(new Waiting(test, now.allocatedSince(start), counted));
    return true;
  }

  private boolean mayWait(HeapLook now) {
    return !grew && live != MemreportEvent.UNKNOWN && now.isLittleSince(atCollection);
  }

  /**
   * What lives now that all that is inside is over. It always collects: fixtures allocate little
   * where they give back what tests shared.
   */
  public long atEnd() {
    collect(null);
    return live;
  }

  /** Tests overlapped: what grew since the last collection is nobody's. */
  public void lose() {
    waiting.clear();
    live = MemreportEvent.UNKNOWN;
  }

  /** At the end of the run, while no test runs. */
  public void settle() {
    if (!waiting.isEmpty()) {
      collect(null);
    }
  }

  /**
   * Collects.
   *
   * @param start how things stood when the test began that is over now; null if none is
   * @return what that test left, or {@link MemreportEvent#UNKNOWN}
   */
  public long collect(HeapLook start) {
    HeapLook now = looks.get();
    HeapLook last = atCollection;
    long before = live;
    live = collection.applyAsLong(before);
    atCollection = looks.get();
    grew = false;
    if (before == MemreportEvent.UNKNOWN || live == MemreportEvent.UNKNOWN) {
      waiting.clear();
      return MemreportEvent.UNKNOWN;
    }
    long growth = live - before;
    grew = Math.abs(growth) >= WORTH_A_LOOK;
    long own = start == null ? 0 : now.allocatedSince(start);
    long all = now.allocatedSince(last);
    if (growth < 0) {
      // To give back takes no allocation: only who is over now can be told.
      shareOut(0, 0);
      return growth;
    }
    if (start != null
        && (waiting.isEmpty() || own == MemreportEvent.UNKNOWN || own >= HeapLook.LITTLE)) {
      // What small tests left is small: one that is large explains all that it can have allocated.
      long left = own == MemreportEvent.UNKNOWN ? growth : Math.min(growth, own);
      shareOut(growth - left, all == MemreportEvent.UNKNOWN ? 0 : all - own);
      return left;
    }
    shareOut(growth, all);
    return all <= 0 ? 0 : growth * own / all;
  }

  /** Who allocated outside the tests that wait keeps the rest. */
  private void shareOut(long growth, long allocated) {
    long all = Math.max(allocated, waiting.stream().mapToLong(Waiting::allocated).sum());
    waiting.forEach(test -> test.left(all == 0 ? 0 : growth * test.allocated / all));
    waiting.clear();
  }

  /** A test whose collection is still to come. */
  private record Waiting(long test, long allocated, LongConsumer counted) {
    void left(long bytes) {
      counted.accept(bytes);
      SharedCollectionEvent event = new SharedCollectionEvent();
      event.testId = test;
      event.heapRetained = bytes;
      event.atMost = allocated;
      event.commit();
    }
  }
}
