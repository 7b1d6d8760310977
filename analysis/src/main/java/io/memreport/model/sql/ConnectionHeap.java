// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * What SQLite holds for one connection.
 *
 * @param heldBytes all of it, by what it took from malloc; of a connection that is older than the
 *     recording the sum of the parts
 * @param cacheBytes pages in its caches; of a shared cache its part
 * @param cacheSpills changed pages written before their transaction ended: the cache was full
 * @param workingBytes what it holds besides: sorts, temporary tables and values of statements that
 *     run
 */
public record ConnectionHeap(
    @Nullable Long heldBytes,
    @Nullable Long cacheBytes,
    @Nullable Long schemaBytes,
    @Nullable Long statementBytes,
    @Nullable Long cacheHits,
    @Nullable Long cacheMisses,
    @Nullable Long cacheSpills,
    @Nullable Long cacheWrites,
    @Nullable Long workingBytes) {
  /** Nothing is known. */
  public static final ConnectionHeap NONE =
      new ConnectionHeap(null, null, null, null, null, null, null, null, null);

  /** Only what it took from malloc is known. */
  public static ConnectionHeap held(@Nullable Long bytes) {
    return new ConnectionHeap(bytes, null, null, null, null, null, null, null, null);
  }
}
