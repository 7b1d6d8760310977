// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.wal;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;

/** The write-ahead log grew and could not be reset. */
public final class WalGrowth extends ConnectionRule {
  private static final long FLOOR_BYTES = 64L << 20;
  private static final long MORE = 4;

  /** Who reads for so long without running anything keeps the log, whatever its size. */
  static final long HELD_MILLIS = 1000;

  private static final String LIMIT = "67108864";
  private static final String THEN =
      "; then PRAGMA wal_checkpoint(TRUNCATE). With journal_size_limit="
          + LIMIT
          + " SQLite cuts the file to 64 MiB after each reset.";

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
        + " index, the -shm file, grows with it and is mapped by each connection. memreport reports logs four times as large as"
        + " wal_autocheckpoint allows, if they have 64 MiB or more, or if a reader that keeps them has run nothing for "
        + Units.duration(HELD_MILLIS * 1_000_000)
        + " or more.";
  }

  @Override
  public String advice() {
    return "Close the result, or end the transaction, that keeps the log" + THEN;
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        ResultSet rows = statement.executeQuery("select * from orders");
        rows.next(); // never read to its end: the log can't be reset
        writeForHours();""",
        """
        try (ResultSet rows = statement.executeQuery("select * from orders")) {
          read(rows);
        }
        writeForHours();""");
  }

  @Override
  public Fix example() {
    return SettingFix.example("journal_size_limit", LIMIT);
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long wal = connection.status().walBytes();
    Long pages = Settings.number(connection, "wal_autocheckpoint");
    Long page = Settings.number(connection, "page_size");
    if (wal == null || pages == null || page == null) {
      return null;
    }
    WalReader reader = WalReader.of(facts, connection);
    boolean held = reader != null && reader.idleMillis() >= HELD_MILLIS;
    if (wal < (held ? 0 : FLOOR_BYTES) || wal < MORE * pages * page) {
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
                + (reader == null ? "" : "; " + reader.evidence()),
            reader == null ? advice() : reader.advice() + THEN)
        .about(wal)
        .mendedBy(SettingFix.of(connection, "journal_size_limit", LIMIT, null));
  }
}
