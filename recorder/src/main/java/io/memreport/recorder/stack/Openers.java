// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the stack is walked for who opens a connection, which takes some 5 microseconds: always
 * where connections add up, but only so often where they are closed one after the other.
 */
public final class Openers {
  /** With more open than this each one counts. */
  static final int FEW = 16;

  /** While few are open. */
  static final int WALKS_PER_SECOND = 200;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final AtomicInteger open = new AtomicInteger();

  /** Threads that race here walk a few times more, or less, than they should. */
  private volatile long second = System.nanoTime();

  private volatile int walks;

  /** One is opened: whether to look who does it. */
  public boolean isWorthALook() {
    return isWorthALook(System.nanoTime());
  }

  /** Likewise, at this {@link System#nanoTime}. */
  boolean isWorthALook(long now) {
    if (open.incrementAndGet() > FEW) {
      return true;
    }
    if (now - second >= SECOND_NANOS) {
      second = now;
      walks = 0;
    }
    int before = walks;
    walks = before + 1;
    return before < WALKS_PER_SECOND;
  }

  /** One was closed. */
  public void closed() {
    open.decrementAndGet();
  }

  /** A run ends, and with it all that is known of its connections. */
  public void forget() {
    open.set(0);
  }
}
