// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.heap.FullCollection;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.scope.Tests;

/**
 * The full collection at the end of a run of tests. In a short suite with a large heap nothing may
 * have been collected, and only this tells what tests left from what was not collected yet.
 */
public final class LastCollection {
  /** Less than this is no leak that would be reported. */
  private static final long WORTH_BYTES = 8 << 20;

  private LastCollection() {}

  /** Collects, if this JVM ran tests and so much of what they allocated may be in use or not. */
  public static void decide() {
    long undecided = Tests.haveBegun() ? HeapSampling.undecided() : 0;
    if (undecided < WORTH_BYTES) {
      return;
    }
    long start = System.nanoTime();
    if (FullCollection.survivors() == MemreportEvent.UNKNOWN) {
      return;
    }
    NoteEvent note = new NoteEvent();
    note.text =
        "At the end of the tests one full collection, of "
            + (System.nanoTime() - start) / 1_000_000
            + " ms, told what they left in the Java heap from what was not collected yet.";
    note.commit();
  }
}
