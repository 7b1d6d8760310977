// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.loop.Periodic;

/**
 * Reads the settings of connections that nobody uses. On a thread of its own: it may have to wait
 * for a driver, for as long as a query runs, and nothing else of ours may wait for that.
 */
final class SettingsReader {
  private static final long PERIOD_MILLIS = 200;

  private SettingsReader() {}

  static Periodic start() {
    Periodic started =
        new Periodic(
            "memreport-settings",
            PERIOD_MILLIS,
            SettingsReader::read,
            e -> Failure.note("Reading the settings of connections", e));
    started.start();
    return started;
  }

  private static void read() {
    if (ConnectionScope.OPEN.isEmpty()) {
      return;
    }
    ThreadScope thread = ThreadScope.current();
    for (ConnectionScope connection : ConnectionScope.OPEN) {
      connection.readSettings(thread);
    }
  }
}
