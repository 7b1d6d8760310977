// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.ExhaustedEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** OutOfMemoryErrors of direct buffers, which Java code makes: the JVM does not tell of them. */
public final class RefusedBuffers {
  /** Numbers of the errors that the JVM tells of stay below. */
  private static final long FIRST_NUMBER = 1L << 32;

  /** The words of {@code java.nio.Bits} and of Netty's own limit. */
  private static final Pattern WORDS =
      Pattern.compile(
          "Cannot reserve \\d+ bytes of direct buffer memory .*"
              + "|failed to allocate \\d+ byte\\(s\\) of direct memory .*");

  private static final int ALL_OF_THE_FIRST = 8;
  private static final long AGAIN_AFTER_MILLIS = 1000;

  private static final AtomicLong COUNT = new AtomicLong();
  private static final AtomicLong LAST_MILLIS = new AtomicLong();

  private RefusedBuffers() {}

  /**
   * Code woven into the error's constructor calls it, whatever the error is of. Who tries again and
   * again gets an event a second.
   *
   * @param words of the error, or null
   */
  public static void refused(String words) {
    try {
      if (words != null && WORDS.matcher(words).matches()) {
        tell(words);
      }
    } catch (Throwable e) {
      // Memory is short: whoever makes this error has to get it, not another one.
      return;
    }
  }

  private static void tell(String words) {
    long number = COUNT.incrementAndGet();
    long now = System.currentTimeMillis();
    long last = LAST_MILLIS.get();
    boolean due = number <= ALL_OF_THE_FIRST || now - last >= AGAIN_AFTER_MILLIS;
    if (due && LAST_MILLIS.compareAndSet(last, now)) {
      ExhaustedEvent event = new ExhaustedEvent();
      event.number = FIRST_NUMBER + number;
      event.atMillis = now;
      event.what = words;
      event.commit();
    }
  }
}
