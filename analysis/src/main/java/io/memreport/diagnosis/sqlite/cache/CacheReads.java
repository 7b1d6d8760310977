// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.model.sql.Connection;

/**
 * How a connection's page cache served it.
 *
 * @param missed the part of all pages that were not in the cache, from 0 to 1
 * @param readBytes what was read from the file
 * @param cacheBytes what the cache holds
 * @param boundBytes the most that it may
 * @param databaseBytes size of the database's file
 */
record CacheReads(
    double missed, long readBytes, long cacheBytes, long boundBytes, long databaseBytes) {
  /** Of a connection, or null if SQLite did not say all of it. */
  static CacheReads of(Connection connection) {
    Long hits = connection.sqlite().cacheHits();
    Long misses = connection.sqlite().cacheMisses();
    Long cache = connection.sqlite().cacheBytes();
    Long page = Settings.number(connection, "page_size");
    Long database = connection.status().databaseBytes();
    long bound = PageCache.of(connection).stream().mapToLong(PageCache::boundBytes).sum();
    if (hits == null || misses == null || cache == null || page == null || database == null) {
      return null;
    }
    double all = Math.max(1, hits + misses);
    return new CacheReads(misses / all, misses * page, cache, bound, database);
  }
}
