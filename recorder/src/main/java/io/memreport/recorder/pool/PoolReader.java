// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.loop.Periodic;

/**
 * Reads all pools once a second. On a thread of its own: the getters of some pools take a lock, for
 * which nothing else of ours may wait, least of all under the locks of JFR.
 */
final class PoolReader {
  private static final long PERIOD_MILLIS = 1000;

  private static Periodic reader;

  private PoolReader() {}

  static synchronized void start() {
    if (reader == null) {
      Periodic started =
          new Periodic(
              "memreport-pools",
              PERIOD_MILLIS,
              Pools::read,
              e -> Failure.note("Reading connection pools", e));
      started.start();
      reader = started;
    }
  }

  static synchronized void stop() {
    if (reader != null) {
      reader.stop();
      reader = null;
    }
  }
}
