// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.ExhaustedEvent;
import java.util.concurrent.atomic.AtomicLong;

/** OutOfMemoryErrors of direct buffers, which Java code makes: the JVM does not tell of them. */
public final class RefusedBuffers {
  /** Numbers of the errors that the JVM tells of stay below. */
  private static final long FIRST_NUMBER = 1L << 32;

  private static final int ALL_OF_THE_FIRST = 8;
  private static final long AGAIN_AFTER_MILLIS = 1000;

  private static final AtomicLong COUNT = new AtomicLong();
  private static final AtomicLong LAST_MILLIS = new AtomicLong();

  private RefusedBuffers() {}

  /** One was thrown. Who tries again and again gets an event a second. */
  public static void refused(Throwable error) {
    long number = COUNT.incrementAndGet();
    long now = System.currentTimeMillis();
    long last = LAST_MILLIS.get();
    boolean due = number <= ALL_OF_THE_FIRST || now - last >= AGAIN_AFTER_MILLIS;
    if (due && LAST_MILLIS.compareAndSet(last, now)) {
      ExhaustedEvent event = new ExhaustedEvent();
      event.number = FIRST_NUMBER + number;
      event.atMillis = now;
      event.what = error.getMessage();
      event.commit();
    }
  }
}
