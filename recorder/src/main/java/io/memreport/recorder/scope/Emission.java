// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.FlightBox;
import java.util.Iterator;

/**
 * Writes totals once a second and at the end of each chunk: what a killed JVM loses of them is at
 * most what happened since.
 */
public final class Emission {
  private static final long PERIOD_MILLIS = 1000;

  private static Thread thread;
  private static int chunk = 1;

  private Emission() {}

  static synchronized void start() {
    if (thread == null) {
      thread = new Thread(null, Emission::run, "memreport-totals", 0, false);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** A new chunk begins: texts are written again when they are next used. */
  public static synchronized void chunkBegan() {
    chunk++;
  }

  /** Writes all that was counted and not written yet. */
  public static synchronized void flush() {
    WeakIdentity.expunge();
    for (Iterator<TotalsTable> tables = ThreadScope.TABLES.iterator(); tables.hasNext(); ) {
      if (tables.next().write(chunk)) {
        tables.remove();
      }
    }
    ConnectionScope.OPEN.removeIf(ConnectionScope::write);
    FlightBox box = FlightBox.current();
    if (box != null) {
      box.sweep();
    }
  }

  private static void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Failure.note("Writing totals", e);
    }
  }
}
