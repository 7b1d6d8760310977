// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.scope.Failure;

/**
 * Reads all pools once a second. On a thread of its own: the getters of some pools take a lock, for
 * which nothing else of ours may wait, least of all under the locks of JFR.
 */
final class PoolReader {
  private static final long PERIOD_MILLIS = 1000;

  private static Thread thread;

  private PoolReader() {}

  static synchronized void start() {
    if (thread == null) {
      thread = new Thread(null, PoolReader::run, "memreport-pools", 0, false);
      thread.setDaemon(true);
      thread.start();
    }
  }

  static synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  private static void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        Pools.read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Failure.note("Reading connection pools", e);
    }
  }
}
