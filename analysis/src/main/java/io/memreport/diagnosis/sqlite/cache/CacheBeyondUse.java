// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.List;

/** A page cache of its own for each connection, larger than pays. */
public final class CacheBeyondUse extends ConnectionRule {
  static final long THRESHOLD_BYTES = 1L << 30;

  private static final long COUNTED_BYTES = 4L << 30;
  private static final double SCORE = 20;

  @Override
  public String id() {
    return "sqlite.cache-beyond-use";
  }

  @Override
  public String summary() {
    return "A page cache may become larger than pays";
  }

  @Override
  public String why() {
    return "Pages in a connection's cache are there twice, for the kernel caches the file as well; and each commit of another"
        + " connection throws the whole cache away. Beyond "
        + Units.bytes(THRESHOLD_BYTES)
        + " the kernel's cache, or mmap_size, serves all connections with the same memory. memreport reports connections whose"
        + " cache may take more than that of their database.";
  }

  @Override
  public String advice() {
    return "Set cache_size=-262144 (256 MiB). For a database on a local disk that is mostly read, set mmap_size to its size"
        + " as well.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA cache_size = -8000000;  -- 8 GB for a database of 2 GB""",
        "PRAGMA cache_size = -262144;");
  }

  @Override
  public Fix example() {
    return SettingFix.example("cache_size", "-262144");
  }

  /** SQLite counts cached bytes in 32 bits; only malloc's count, from the open on, tells more. */
  @Override
  public List<String> undecided(Facts facts) {
    return facts.connections().stream()
        .filter(connection -> Settings.isSqlite(connection) && connection.closedAt() == null)
        .filter(connection -> connection.status().beforeAttachBytes() != null)
        .filter(connection -> most(connection) > COUNTED_BYTES)
        .map(
            connection ->
                "SQLite counts its cache in 32 bits: more than "
                    + Units.bytes(COUNTED_BYTES)
                    + " of "
                    + Names.connection(connection)
                    + " would look like less, for it is older than the recording;"
                    + " record from the JVM's start (-javaagent)")
        .limit(1)
        .toList();
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    long most = most(connection);
    if (most <= THRESHOLD_BYTES) {
      return null;
    }
    PageCache main = PageCache.main(connection);
    Long database = connection.status().databaseBytes();
    long then = new PageCache("main", -262144, main.pageSize()).mostBytes(database);
    return finding(
            connection,
            SCORE,
            "The page cache of one connection may take " + Units.bytes(most),
            "On "
                + Names.connection(connection)
                + " cache_size is "
                + main.cacheSize()
                + "; its database has "
                + Units.bytes(database),
            advice()
                + " This connection would then hold at most "
                + Units.bytes(then)
                + " instead of "
                + Units.bytes(most)
                + ".")
        .mendedBy(SettingFix.of(connection, "cache_size", "-262144", Math.max(0, most - then)));
  }

  /** What its cache can take of its database; 0 if that is not known. */
  private static long most(Connection connection) {
    PageCache main = PageCache.main(connection);
    Long database = connection.status().databaseBytes();
    return main == null || database == null ? 0 : main.mostBytes(database);
  }
}
