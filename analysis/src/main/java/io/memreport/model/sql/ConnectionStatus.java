// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * How a connection stood when SQLite last said so.
 *
 * @param driver class of the connection
 * @param openedBy the application's code that opened it, innermost frame first, or null
 * @param beforeAttachBytes what it held when the recording began, null if it was opened later
 * @param transaction 0 none, 1 reads, 2 writes
 * @param statements compiled and not finalized
 * @param busyStatements between their first row and their last
 * @param idleMillis since a statement of it was last executed
 * @param walBytes size of the main database's write-ahead log
 * @param databaseBytes size of the main database's file
 * @param idleCacheBytes of one that was closed after ten seconds or more in which nothing was done
 *     with it: pages in its caches until then; else null
 */
public record ConnectionStatus(
    @Nullable String driver,
    @Nullable String openedBy,
    @Nullable Long beforeAttachBytes,
    @Nullable Long transaction,
    @Nullable Long statements,
    @Nullable Long busyStatements,
    @Nullable Long idleMillis,
    @Nullable Long walBytes,
    @Nullable Long databaseBytes,
    @Nullable Long idleCacheBytes) {
  /** Nothing is known. */
  public static final ConnectionStatus NONE =
      new ConnectionStatus(null, null, null, null, null, null, null, null, null, null);
}
