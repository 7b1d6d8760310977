// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Objects that threads borrow for some nanoseconds, so that a thread need not have one of its own.
 * As many are kept as a few times the threads that can run at once; taking and giving waits for
 * nobody.
 */
public final class Spares<T> {
  private final AtomicReferenceArray<T> kept;
  private final Supplier<T> maker;

  /** Makes them with this when none is left. */
  public Spares(Supplier<T> maker) {
    this.maker = maker;
    int processors = Runtime.getRuntime().availableProcessors();
    kept = new AtomicReferenceArray<>(Integer.highestOneBit(processors) * 4);
  }

  /**
   * Takes one, or makes one.
   *
   * @param place any number; threads with different ones don't get into each other's way
   */
  public T take(int place) {
    T found = kept.getAndSet(place & (kept.length() - 1), null);
    return found == null ? maker.get() : found;
  }

  /** Gives one back. */
  public void give(int place, T spare) {
    kept.setRelease(place & (kept.length() - 1), spare);
  }
}
