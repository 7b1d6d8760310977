// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import java.util.Comparator;
import java.util.Objects;

/**
 * Databases in memory that several connections share, by {@code mode=memory&cache=shared}: which of
 * them filled it does not matter, all of it stays until the last one closes.
 */
final class SharedMemoryDatabases {
  private static final String SHARED = "cache=shared";

  private SharedMemoryDatabases() {}

  /**
   * What a database in memory holds, told with one of its connections: with a shared one that is
   * the first that is open, by the pages that its cache counts.
   *
   * @return null if it is told with another one, or unknown
   */
  static Long held(Facts facts, Connection connection) {
    Long held = connection.sqlite().heldBytes();
    Long pages = connection.sqlite().cacheBytes();
    if (!isShared(connection) || pages == null) {
      return held;
    }
    return first(facts, connection) == connection
        ? Long.valueOf(Math.max(pages, held == null ? 0 : held))
        : null;
  }

  private static Connection first(Facts facts, Connection connection) {
    return facts.connections().stream()
        .filter(other -> other.closedAt() == null && isShared(other))
        .filter(other -> other.url().equals(connection.url()))
        .filter(other -> Objects.equals(other.runId(), connection.runId()))
        .min(
            Comparator.comparing(
                Connection::openedAt, Comparator.nullsLast(Comparator.naturalOrder())))
        .orElse(connection);
  }

  private static boolean isShared(Connection connection) {
    return Settings.isInMemory(connection) && connection.url().contains(SHARED);
  }
}
