// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** The cache is full, and pages are read again and again. */
public final class CacheTooSmall extends ConnectionRule {
  private static final long FLOOR_BYTES = 256L << 20;
  private static final double FULL = 0.8;
  private static final double MISSED = 0.2;
  private static final long MORE = 4;
  private static final double SCORE = 30;

  @Override
  public String id() {
    return "sqlite.cache-too-small";
  }

  @Override
  public String summary() {
    return "The cache is full, and pages are read again and again";
  }

  @Override
  public String why() {
    return "memreport reports connections whose cache is full and that read a fifth or more of their pages from the file, in"
        + " all at least 256 MiB and four times the database.";
  }

  @Override
  public String advice() {
    return "Raise cache_size to twice what it is, within what memreport sqlite advise allows; or let the kernel's cache do"
        + " it: mmap_size";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA cache_size = -2000;   -- 2 MB for queries that read the same 20 MB again and again""",
        "PRAGMA cache_size = -32000;");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    CacheReads reads = CacheReads.of(connection);
    if (reads == null
        || reads.boundBytes() == 0
        || reads.cacheBytes() < FULL * reads.boundBytes()
        || reads.missed() <= MISSED
        || reads.readBytes() < Math.max(FLOOR_BYTES, MORE * reads.databaseBytes())) {
      return null;
    }
    return finding(
        connection,
        SCORE,
        "A full cache of "
            + Units.bytes(reads.cacheBytes())
            + " missed "
            + Math.round(100 * reads.missed())
            + " % of the pages",
        Units.bytes(reads.readBytes())
            + " were read from a database of "
            + Units.bytes(reads.databaseBytes())
            + " on "
            + Names.connection(connection),
        advice());
  }
}
