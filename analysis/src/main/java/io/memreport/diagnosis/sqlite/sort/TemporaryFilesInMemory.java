// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Finding;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;

/** Temporary files of SQLite lie on a file system that is memory. */
public final class TemporaryFilesInMemory extends ConnectionRule {
  static final long THRESHOLD_BYTES = 16L << 20;

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final double AT_LEAST = 20;

  /** How much is spilled is not known, only how much there is to sort. */
  private static final double AT_MOST = 75;

  @Override
  public String id() {
    return "sqlite.temporary-files-in-memory";
  }

  @Override
  public String summary() {
    return "Sorts that should leave memory go to a file system that is memory";
  }

  @Override
  public String why() {
    return "A sort that outgrows its buffer goes to a temporary file, in the first directory of SQLITE_TMPDIR, TMPDIR,"
        + " /var/tmp, /usr/tmp and /tmp that can be written: https://www.sqlite.org/tempfiles.html. On tmpfs that file"
        + " is memory of the cgroup again, in no figure of the JVM or of SQLite. The directory is taken from the"
        + " environment; PRAGMA temp_store_directory, deprecated, may say another. memreport reports connections to databases of "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more on which a query sorted and held as much as a sort may before it leaves memory.";
  }

  @Override
  public String advice() {
    return "Start the JVM with SQLITE_TMPDIR set to a directory on a disk, as SQLITE_TMPDIR=/data/tmp; an index in the"
        + " order of the sort needs no temporary file";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -jar app.jar                       # /var/tmp and /tmp are tmpfs""",
        "SQLITE_TMPDIR=/data/tmp java -jar app.jar");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    String type = Settings.text(connection, "temp_filesystem");
    Long database = connection.status().databaseBytes();
    PageCache main = PageCache.main(connection);
    if (type == null
        || !IN_MEMORY.contains(type)
        || Settings.keepsTemporaryInMemory(connection)
        || main == null
        || database == null
        || database < THRESHOLD_BYTES) {
      return null;
    }
    QueryUse largest = largestSort(facts, connection);
    if (largest == null || largest.peakBytes() < main.sorterBytes()) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        Math.min(AT_MOST, Math.max(AT_LEAST, 4 * Score.share(database, budget))),
        "Sorts that leave memory go to " + type + ", which is memory",
        "SQLite's temporary directory is "
            + Settings.text(connection, "temp_directory")
            + ". A sort held "
            + Units.bytes(largest.peakBytes())
            + " where "
            + Units.bytes(main.sorterBytes())
            + " is its bound, over a database of "
            + Units.bytes(database)
            + shared(facts, connection),
        advice());
  }

  private static QueryUse largestSort(Facts facts, Connection connection) {
    return facts.uses().stream()
        .filter(use -> connection.id().equals(use.connection()) && use.peakBytes() != null)
        .filter(use -> use.work().sorts() != null && use.work().sorts() > 0)
        .max(Comparator.comparing(QueryUse::peakBytes))
        .orElse(null);
  }

  /** What lay on tmpfs at most, of whomever. */
  private static String shared(Facts facts, Connection connection) {
    return facts.timeline().cgroups().stream()
        .filter(sample -> sample.runId().equals(connection.runId()))
        .map(CgroupSample::shmemBytes)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(most -> "; tmpfs and shared memory of the cgroup took up to " + Units.bytes(most))
        .orElse("");
  }
}
