// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import io.memreport.model.shm.PostgresServer;
import java.io.IOException;
import java.util.Optional;

/** Stops a server with the {@code pg_ctl} of its own version. */
final class PgCtl {
  private PgCtl() {}

  /** Why it failed, if it did. */
  static Optional<String> stop(PostgresServer server) {
    try {
      return SystemCommand.failure(server.stopCommand());
    } catch (IOException e) {
      return Optional.of(server.pgCtl() + " can't be run: " + e.getMessage());
    }
  }
}
