// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import io.memreport.recorder.event.heap.LastCollectionEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.DirectBuffers;
import io.memreport.recorder.heap.FullCollection;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.scope.Tests;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.weak.SoftlyHeld;

/**
 * The full collection at the end of a run of tests. In a short suite with a large heap nothing may
 * have been collected, and only this tells what tests left from what was not collected yet.
 */
public final class LastCollection {
  /** Less than this is no leak that would be reported. */
  private static final long WORTH_BYTES = 8 << 20;

  /** So much of direct buffers is told of, if it is no garbage. */
  private static final long MUCH_DIRECT_BYTES = 16 << 20;

  /** A collection takes less, unless the heap is huge. */
  private static final long SETTLE_MILLIS = 2_000;

  private LastCollection() {}

  /** Collects, if this JVM ran tests and so much that they took may be in use or not. */
  public static void decide() {
    if (!Tests.haveBegun()) {
      return;
    }
    if (Watch.current().fullCollections()) {
      settleTests();
    }
    long direct = DirectBuffers.used();
    if (HeapSampling.undecided() < WORTH_BYTES && direct < MUCH_DIRECT_BYTES) {
      return;
    }
    long start = System.nanoTime();
    if (!FullCollection.happens()) {
      return;
    }
    LastCollectionEvent event = new LastCollectionEvent();
    if (direct >= MUCH_DIRECT_BYTES) {
      // The next sample is the last one: buffers that were collected give their memory back first.
      FullCollection.settle(DirectBuffers::used);
      event.buffersOfJdk = DirectBuffers.keptByJdk();
    }
    event.tookMillis = (System.nanoTime() - start) / 1_000_000;
    event.softBytes = SoftlyHeld.now();
    event.commit();
  }

  /**
   * Tests that wait for a full collection get theirs. JFR waits for us here, and so we wait for
   * nothing that a test's thread may hold: not for long, and on a thread of our own.
   */
  private static void settleTests() {
    Thread settling = new Thread(null, Tests::settle, "memreport-settle", 0, false);
    settling.setDaemon(true);
    try {
      settling.start();
      settling.join(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      Failure.note("The last collection", e);
    }
  }
}
