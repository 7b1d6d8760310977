// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.wal;

import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.verdict.Finding;

/** The write-ahead log grew and could not be reset. */
public final class WalGrowth extends ConnectionRule {
  private static final long FLOOR_BYTES = 64L << 20;
  private static final long MORE = 4;

  /** The result that stood open longest on a connection to the same file, or null. */
  public static OpenResult reader(Facts facts, Connection written) {
    String file = Settings.text(written, "file");
    OpenResult longest = null;
    for (OpenResult result : facts.service().openResults()) {
      Connection reads = facts.connection(result.connection());
      if (reads != null
          && file != null
          && file.equals(Settings.text(reads, "file"))
          && (longest == null || result.longestIdleMillis() > longest.longestIdleMillis())) {
        longest = result;
      }
    }
    return longest;
  }

  private static String shown(Facts facts, OpenResult longest) {
    return longest == null
        ? ""
        : "; a result stood open for "
            + Units.duration(longest.longestIdleMillis() * 1_000_000)
            + " on "
            + Names.connection(facts.connection(longest.connection()))
            + ": "
            + Names.sql(longest.sql());
  }

  @Override
  public String id() {
    return "sqlite.wal-growth";
  }

  @Override
  public String summary() {
    return "The write-ahead log grew and could not be reset";
  }

  @Override
  public String why() {
    return "A checkpoint resets the log only when no reader needs its older part: a result that stays open, or a"
        + " transaction that is not ended, keeps all that is written since: https://www.sqlite.org/wal.html. Its"
        + " index, the -shm file, grows with it and is mapped by each connection. Named are logs of 64 MiB or more"
        + " that are four times as large as wal_autocheckpoint allows.";
  }

  @Override
  public String advice() {
    return "Close the reader that is named; then PRAGMA wal_checkpoint(TRUNCATE). To have the file cut after each reset: "
        + SettingFix.parameter("journal_size_limit", "67108864", "setJournalSizeLimit(67108864)");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long wal = connection.status().walBytes();
    Long pages = Settings.number(connection, "wal_autocheckpoint");
    Long page = Settings.number(connection, "page_size");
    if (wal == null || pages == null || page == null) {
      return null;
    }
    if (wal < FLOOR_BYTES || wal < MORE * pages * page) {
      return null;
    }
    return finding(
        connection,
        30 + 50 * Score.clamp((double) wal / (1L << 30)),
        "The write-ahead log has " + Units.bytes(wal),
        "Of "
            + Settings.text(connection, "file")
            + ", where "
            + pages
            + " pages should start a checkpoint"
            + shown(facts, reader(facts, connection)),
        advice());
  }
}
