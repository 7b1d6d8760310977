// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.heap.FullCollection;
import io.memreport.recorder.heap.RetainedClasses;
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

  /**
   * Survivors of the collection at the last boundary between tests, or UNKNOWN before the first.
   */
  private static long atLastBoundary = MemreportEvent.UNKNOWN;

  /** Open files at that boundary, or UNKNOWN. */
  private static long filesAtLastBoundary = MemreportEvent.UNKNOWN;

  /** False once code outside tests, such as a fixture, may have allocated since that boundary. */
  private static boolean boundaryIsFresh;

  private final boolean measured;
  private final long before;
  private final long filesBefore;

  /** Null unless classes are counted. */
  private final RetainedClasses classes;

  private volatile boolean overlapped;
  private long ofChildren;
  private long filesOfChildren;

  private RetainedHeap(boolean measured, long before, long filesBefore, RetainedClasses classes) {
    this.measured = measured;
    this.before = before;
    this.filesBefore = filesBefore;
    this.classes = classes;
  }

  /** Nothing is measured. */
  static RetainedHeap none() {
    return new RetainedHeap(false, MemreportEvent.UNKNOWN, MemreportEvent.UNKNOWN, null);
  }

  /** Call before a test or the fixtures of a class begin. */
  static RetainedHeap begin(boolean alone) {
    if (!Watch.current().fullCollections()) {
      return none();
    }
    RetainedHeap begun;
    if (alone) {
      RetainedClasses classes =
          Watch.current().classHistograms() ? RetainedClasses.begin(boundaryIsFresh) : null;
      if (!boundaryIsFresh) {
        atLastBoundary = FullCollection.survivors(atLastBoundary);
        filesAtLastBoundary = openFiles();
      }
      begun = new RetainedHeap(true, atLastBoundary, filesAtLastBoundary, classes);
    } else {
      begun = new RetainedHeap(true, MemreportEvent.UNKNOWN, MemreportEvent.UNKNOWN, null);
      begun.overlapped = true;
    }
    boundaryIsFresh = false;
    return begun;
  }

  void overlap() {
    overlapped = true;
  }

  /** Call when the test is over, with nothing of it on the stack. */
  void finish(TestScope test, TestEvent event) {
    if (!measured) {
      return;
    }
    if (overlapped) {
      boundaryIsFresh = false;
      event.unknownBecause = OVERLAP;
      return;
    }
    long after = FullCollection.survivors(atLastBoundary);
    atLastBoundary = after;
    files(test, event);
    boundaryIsFresh = true;
    // Its collection is the JVM's own: it works where the one that is asked for does not.
    if (classes != null) {
      classes.finish(test.id, test.parent == null ? null : test.parent.retained().classes);
    }
    if (after == MemreportEvent.UNKNOWN || before == MemreportEvent.UNKNOWN) {
      event.unknownBecause = NOT_COLLECTED;
      return;
    }
    event.heapRetained = after - before - ofChildren;
    if (event.heapRetained >= SoftlyHeld.WORTH_A_LOOK) {
      event.heapSoft = SoftlyHeld.sinceLast();
    }
    if (test.parent != null) {
      test.parent.retained().ofChildren += after - before;
    }
  }

  /** After a collection, which closes what nobody reaches any more. */
  private void files(TestScope test, TestEvent event) {
    filesAtLastBoundary = openFiles();
    if (filesBefore != MemreportEvent.UNKNOWN && filesAtLastBoundary != MemreportEvent.UNKNOWN) {
      long left = filesAtLastBoundary - filesBefore;
      event.filesLeft = left - filesOfChildren;
      if (test.parent != null) {
        test.parent.retained().filesOfChildren += left;
      }
    }
  }

  private static long openFiles() {
    long open = OpenFiles.count();
    return open < 0 ? MemreportEvent.UNKNOWN : open;
  }
}
