// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Commits of other connections empty the cache. */
public final class CacheChurn extends ConnectionRule {
  private static final long FLOOR_BYTES = 256L << 20;
  private static final long MORE = 10;

  @Override
  public String id() {
    return "sqlite.cache-churn";
  }

  @Override
  public String summary() {
    return "Commits of other connections empty the cache";
  }

  @Override
  public String why() {
    return "SQLite drops the whole cache of a connection when another one has committed. A large cache is then filled and"
        + " thrown away in turns. memreport reports connections whose cache has room and that still read at"
        + " least 256 MiB and ten times the database from the file.";
  }

  @Override
  public String advice() {
    return "Give it a small cache and let the kernel's serve all: cache_size=-2000 with mmap_size of the database's size;"
        + " write through one connection, in larger transactions";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA cache_size = -1000000;  -- thrown away at each commit of another connection""",
        """
        PRAGMA cache_size = -2000;
        PRAGMA mmap_size = 1073741824; -- one cache of the kernel serves all connections""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    CacheReads reads = CacheReads.of(connection);
    if (reads == null
        || reads.boundBytes() < reads.databaseBytes()
        || reads.readBytes() < Math.max(FLOOR_BYTES, MORE * reads.databaseBytes())) {
      return null;
    }
    return finding(
        connection,
        40 * Score.clamp(2 * reads.missed()),
        "A cache with room for the whole database read it "
            + reads.readBytes() / Math.max(1, reads.databaseBytes())
            + " times",
        Units.bytes(reads.readBytes())
            + " were read from a database of "
            + Units.bytes(reads.databaseBytes())
            + " on "
            + Names.connection(connection)
            + "; its cache may have "
            + Units.bytes(reads.boundBytes()),
        advice());
  }
}
