// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.framework.TestDescription;
import io.memreport.recorder.scope.TestScope;
import io.memreport.recorder.scope.Tests;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What code woven into {@code io.memreport.api.Span} calls. */
public final class Spans {
  /** Each that begins looks through those that are open; one that is never closed stays. */
  private static final int MOST = 500;

  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final AtomicInteger OPEN = new AtomicInteger();

  private Spans() {}

  /**
   * A unit of work begins on this thread.
   *
   * @return what {@link #close} wants back, or null if it is not measured: so many are open
   */
  public static Object open(String name) {
    if (OPEN.incrementAndGet() > MOST) {
      OPEN.decrementAndGet();
      return null;
    }
    Object opened = null;
    try {
      opened = Tests.begin(TestDescription.ofSpan(name, NUMBERS.incrementAndGet()), true);
    } catch (Throwable e) {
      Failure.note("The start of a span", e);
    }
    if (opened == null) {
      OPEN.decrementAndGet();
    }
    return opened;
  }

  /** What {@link #open} began is over. */
  public static void close(Object opened) {
    close(opened, null);
  }

  /**
   * Likewise.
   *
   * @param thrown by what it did, or null
   */
  public static void close(Object opened, Throwable thrown) {
    if (opened instanceof TestScope span) {
      OPEN.decrementAndGet();
      if (!span.isFinished()) {
        span.status(thrown == null ? "passed" : "failed");
        Tests.exit(span, thrown);
      }
    }
  }
}
