// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How large a connection's page cache of one database may become.
 *
 * @param schema {@code main}, {@code temp} or the name that it was attached by
 * @param cacheSize as PRAGMA cache_size says it: pages, or KiB if negative
 * @param pageSize bytes of a page
 */
public record PageCache(String schema, long cacheSize, long pageSize) {
  /** What a page costs beside itself: its header and its place in the hash table. */
  private static final double PER_PAGE = 1.073;

  /** Likewise of a bound in KiB, which counts the header already. */
  private static final double PER_KIB = 1.04;

  private static final long LEAST_SORTED_PAGES = 250;
  private static final long MOST_SORTED_BYTES = 512L << 20;

  private static final String SETTING = "cache_size";

  /** The most that a connection's page caches may take, or null if that was not read. */
  public static Long boundOf(Connection connection) {
    List<PageCache> caches = of(connection);
    return caches.isEmpty()
        ? null
        : Long.valueOf(caches.stream().mapToLong(PageCache::boundBytes).sum());
  }

  /** The caches of a connection whose settings are known, one for each attached database. */
  public static List<PageCache> of(Connection connection) {
    List<PageCache> caches = new ArrayList<>();
    Map<String, String> settings = connection.settings() == null ? Map.of() : connection.settings();
    settings.forEach(
        (name, value) -> {
          if (name.equals(SETTING) || name.endsWith("." + SETTING)) {
            String prefix = name.substring(0, name.length() - SETTING.length());
            Long size = Settings.number(value);
            Long page = Settings.number(settings.get(prefix + "page_size"));
            if (size != null && page != null) {
              String schema = prefix.isEmpty() ? "main" : prefix.substring(0, prefix.length() - 1);
              caches.add(new PageCache(schema, size, page));
            }
          }
        });
    return caches;
  }

  /** The cache of a connection's own database, or null if its settings were not read. */
  public static PageCache main(Connection connection) {
    return of(connection).stream().filter(PageCache::isMain).findFirst().orElse(null);
  }

  /** The most that all caches of a connection can take of their databases. */
  public static long mostBytes(Connection connection) {
    return of(connection).stream().mapToLong(cache -> cache.mostOf(connection)).sum();
  }

  private boolean isMain() {
    return schema.equals("main");
  }

  /** The most that it can take of its database: how large attached ones are is not known. */
  public long mostOf(Connection connection) {
    return mostBytes(isMain() ? connection.status().databaseBytes() : null);
  }

  /**
   * What a sort may hold before it goes to a file, which the cache of the main database bounds,
   * too: sqlite3VdbeSorterInit in SQLite's vdbesort.c.
   */
  public long sorterBytes() {
    long asCache = cacheSize < 0 ? 1024 * -cacheSize : cacheSize * pageSize;
    return Math.max(LEAST_SORTED_PAGES * pageSize, Math.min(MOST_SORTED_BYTES, asCache));
  }

  /** The most that it takes, if its database is large enough. */
  public long boundBytes() {
    double bytes = cacheSize < 0 ? PER_KIB * 1024 * -cacheSize : PER_PAGE * cacheSize * pageSize;
    return (long) bytes;
  }

  /** The most that it can take of a database of this size; the bound if that is unknown. */
  public long mostBytes(Long databaseBytes) {
    return databaseBytes == null
        ? boundBytes()
        : Math.min(boundBytes(), (long) (PER_PAGE * databaseBytes));
  }
}
