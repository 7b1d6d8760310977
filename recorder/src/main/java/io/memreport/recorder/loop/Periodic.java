// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.loop;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A daemon thread of ours that works once a period until it is stopped. Nothing that is thrown ends
 * it: neither an error in its work, nor an interrupt by an application that goes through all
 * threads. While it handles an error it allocates nothing, as there may be no memory.
 */
public final class Periodic {
  /** Asked to work soon, it rests for this part of its period all the same. */
  private static final int SHORTEST_REST = 20;

  private final Thread thread;
  private final LongSupplier periodNanos;
  private final Runnable work;
  private final Consumer<Throwable> failed;
  private volatile boolean ends;
  private volatile boolean soon;

  /** What is still to be told; only the thread itself uses these. */
  private Throwable failure;

  private boolean told;

  /**
   * @param failed is told of the first failure: at once, but of one of the JVM itself, such as no
   *     memory, after the next time that the work is done
   */
  public Periodic(String name, long periodMillis, Runnable work, Consumer<Throwable> failed) {
    this(name, () -> periodMillis * 1_000_000, work, failed);
  }

  /**
   * @param periodNanos is asked before each rest how long it is
   */
  public Periodic(
      String name, LongSupplier periodNanos, Runnable work, Consumer<Throwable> failed) {
    this.periodNanos = periodNanos;
    this.work = work;
    this.failed = failed;
    thread = new Thread(null, this::run, name, 0, false);
    thread.setDaemon(true);
    // Not that of the application's thread which happens to be here.
    thread.setContextClassLoader(null);
  }

  /** Begins to work, at once and then each period. */
  public void start() {
    thread.start();
  }

  /** Asks it to work before the period is over; takes no lock. */
  public void soon() {
    if (!soon) {
      soon = true;
      LockSupport.unpark(thread);
    }
  }

  /** Whether it was asked to end. */
  public boolean isStopped() {
    return ends;
  }

  /** Asks it to end when it has done what it is doing. */
  public void stop() {
    ends = true;
    LockSupport.unpark(thread);
  }

  /**
   * Waits for its end after {@link #stop}.
   *
   * @param mostMillis waits no longer than this
   * @return whether it has ended
   */
  public boolean join(long mostMillis) throws InterruptedException {
    if (Thread.currentThread() != thread) {
      thread.join(mostMillis);
    }
    return !thread.isAlive();
  }

  private void run() {
    while (!ends) {
      try {
        workOnce();
        rest();
      } catch (Throwable e) {
        // Thrown by another thread, as stop() could in older JDKs: between two works it says
        // nothing.
        failure = told ? null : e;
      }
    }
  }

  private void workOnce() {
    boolean done = false;
    try {
      work.run();
      done = true;
    } catch (Throwable e) {
      failure = told ? null : e;
    }
    if (failure != null && (done || !(failure instanceof VirtualMachineError))) {
      tell();
    }
  }

  private void tell() {
    try {
      failed.accept(failure);
      told = true;
      failure = null;
    } catch (Throwable e) {
      // There may be no memory for that either: it is tried again after the next work.
      return;
    }
  }

  private void rest() {
    long from = System.nanoTime();
    long period = periodNanos.getAsLong();
    while (!ends) {
      long rested = System.nanoTime() - from;
      long left = (soon ? period / SHORTEST_REST : period) - rested;
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
      // An interrupt would keep it from resting ever again.
      Thread.interrupted();
    }
    soon = false;
  }
}
