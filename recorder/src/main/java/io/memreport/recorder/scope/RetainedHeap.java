// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.heap.HeapLook;
import io.memreport.recorder.heap.RetainedClasses;
import io.memreport.recorder.heap.Survivors;
import io.memreport.recorder.proc.OpenFiles;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.weak.SoftlyHeld;

/**
 * Java heap that a test leaves behind: what full collections before and after it let live. Only
 * meaningful while nothing else runs, so tests that overlap get none.
 */
final class RetainedHeap {
  private static final String OVERLAP =
      "Java heap retained: other tests ran meanwhile, so that the growth has no one owner";
  private static final String NOT_COLLECTED =
      "Java heap retained: the JVM did not collect when asked (-XX:+DisableExplicitGC?)";

  private static Survivors survivors = new Survivors();

  /** Open files at the last boundary between tests, or UNKNOWN. */
  private static long filesAtLastBoundary = MemreportEvent.UNKNOWN;

  /** False once code outside tests, such as a fixture, may have allocated since that boundary. */
  private static boolean boundaryIsFresh;

  private static boolean softIsKnown;

  /** Of the scope around it; null for none. */
  private final RetainedHeap parent;

  private final boolean measured;
  private final long before;

  /** How things stood when it began; null if they don't matter. */
  private final HeapLook start;

  private final long filesBefore;

  /** Null unless classes are counted. */
  private final RetainedClasses classes;

  private volatile boolean overlapped;

  /** Tests were inside it. */
  private boolean enclosed;

  private long ofChildren;
  private long filesOfChildren;

  private RetainedHeap(
      RetainedHeap parent,
      boolean measured,
      long before,
      HeapLook start,
      long filesBefore,
      RetainedClasses classes) {
    this.parent = parent;
    this.measured = measured;
    this.before = before;
    this.start = start;
    this.filesBefore = filesBefore;
    this.classes = classes;
  }

  /** Nothing is measured. */
  static RetainedHeap none() {
    return new RetainedHeap(
        null, false, MemreportEvent.UNKNOWN, null, MemreportEvent.UNKNOWN, null);
  }

  /** At the end of the run, while no test runs: tests that wait for a collection get theirs. */
  static void settle() {
    survivors.settle();
  }

  /** A run ends: what was known of it is no measure for the next. */
  static void forget() {
    survivors = new Survivors();
    boundaryIsFresh = false;
    softIsKnown = false;
  }

  /**
   * Call before a test or the fixtures of a class begin.
   *
   * @param alone whether all that runs encloses it
   * @param parent of what encloses it, or null
   */
  static RetainedHeap begin(boolean alone, RetainedHeap parent) {
    if (!Watch.current().fullCollections()) {
      return none();
    }
    RetainedHeap begun;
    if (alone) {
      RetainedClasses classes =
          Watch.current().classHistograms() ? RetainedClasses.begin(boundaryIsFresh) : null;
      long before = survivors.atStart(boundaryIsFresh);
      if (!softIsKnown) {
        softIsKnown = true;
        // What is held softly before the first test is of none.
        SoftlyHeld.sinceLast();
      }
      if (!boundaryIsFresh) {
        filesAtLastBoundary = openFiles();
      }
      HeapLook start = survivors.look();
      begun = new RetainedHeap(parent, true, before, start, filesAtLastBoundary, classes);
    } else {
      survivors.lose();
      begun =
          new RetainedHeap(
              parent, true, MemreportEvent.UNKNOWN, null, MemreportEvent.UNKNOWN, null);
      begun.overlapped = true;
    }
    if (parent != null) {
      parent.enclosed = true;
    }
    boundaryIsFresh = false;
    return begun;
  }

  void overlap() {
    overlapped = true;
  }

  /** Call when the test is over, with nothing of it on the stack. */
  void finish(long test, TestEvent event) {
    if (!measured) {
      return;
    }
    if (overlapped) {
      boundaryIsFresh = false;
      event.unknownBecause = OVERLAP;
      return;
    }
    boolean waits = maySpareCollection() && survivors.waits(test, start, this::countAtParent);
    long left = waits ? MemreportEvent.UNKNOWN : enclosed ? leftOutsideTests() : leftByItself();
    countFiles(event);
    boundaryIsFresh = true;
    // Its collection is the JVM's own: it works where the one that is asked for does not.
    if (classes != null) {
      classes.finish(test, parent == null ? null : parent.classes);
    }
    if (waits) {
      return;
    }
    if (left == MemreportEvent.UNKNOWN) {
      event.unknownBecause = NOT_COLLECTED;
      return;
    }
    event.heapRetained = left;
    if (left >= SoftlyHeld.WORTH_A_LOOK) {
      event.heapSoft = SoftlyHeld.sinceLast();
    }
  }

  /** No file that it leaves open may be garbage. */
  private boolean maySpareCollection() {
    return !enclosed
        && classes == null
        && before != MemreportEvent.UNKNOWN
        && openFiles() <= filesBefore;
  }

  private long leftByItself() {
    long left = survivors.collect(start);
    if (before == MemreportEvent.UNKNOWN || left == MemreportEvent.UNKNOWN) {
      return MemreportEvent.UNKNOWN;
    }
    countAtParent(left);
    return left;
  }

  private long leftOutsideTests() {
    long after = survivors.atEnd();
    if (before == MemreportEvent.UNKNOWN || after == MemreportEvent.UNKNOWN) {
      return MemreportEvent.UNKNOWN;
    }
    countAtParent(after - before);
    return after - before - ofChildren;
  }

  private void countAtParent(long left) {
    if (parent != null) {
      parent.ofChildren += left;
    }
  }

  /** After a collection, if there was one, which closes what nobody reaches any more. */
  private void countFiles(TestEvent event) {
    filesAtLastBoundary = openFiles();
    if (filesBefore != MemreportEvent.UNKNOWN && filesAtLastBoundary != MemreportEvent.UNKNOWN) {
      long left = filesAtLastBoundary - filesBefore;
      event.filesLeft = left - filesOfChildren;
      if (parent != null) {
        parent.filesOfChildren += left;
      }
    }
  }

  private static long openFiles() {
    OpenFiles.Count open = OpenFiles.count();
    return open == null ? MemreportEvent.UNKNOWN : open.others();
  }
}
