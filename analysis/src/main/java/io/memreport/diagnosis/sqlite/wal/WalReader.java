// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.wal;

import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.sql.QueryUse;
import java.util.List;
import java.util.Objects;

/**
 * Who keeps a write-ahead log from being reset: a result that stands open, or a transaction that
 * was never ended, as {@code sqlite3_txn_state} tells it.
 *
 * @param result null if it is a transaction without one
 */
record WalReader(Connection connection, OpenResult result) {
  /** The one that waits longest on a connection to the same file, or null. */
  static WalReader of(Facts facts, Connection written) {
    OpenResult longest = null;
    for (OpenResult result : facts.service().openResults()) {
      Connection reads = facts.connection(result.connection());
      if (reads != null
          && isSameFile(written, reads)
          && (longest == null || result.longestIdleMillis() > longest.longestIdleMillis())) {
        longest = result;
      }
    }
    if (longest != null) {
      return new WalReader(facts.connection(longest.connection()), longest);
    }
    Connection idlest = null;
    for (Connection reads : facts.connections()) {
      if (reads.closedAt() == null
          && isSameFile(written, reads)
          && idle(reads) >= 0
          && (idlest == null || idle(reads) > idle(idlest))) {
        idlest = reads;
      }
    }
    return idlest == null ? null : new WalReader(idlest, null);
  }

  private static boolean isSameFile(Connection one, Connection other) {
    String file = Settings.text(one, "file");
    return file != null && file.equals(Settings.text(other, "file"));
  }

  /** How long a connection within a transaction has run no statement; -1 outside of one. */
  private static long idle(Connection connection) {
    Long transaction = connection.status().transaction();
    Long idle = connection.status().idleMillis();
    return transaction == null || transaction == 0 || idle == null ? -1 : idle;
  }

  /** Id of the test that used the connection, or else of the one that opened it; or null. */
  String test(Facts facts) {
    List<String> users =
        facts.uses().stream()
            .filter(use -> connection.id().equals(use.connection()))
            .map(QueryUse::test)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return users.size() == 1 ? users.get(0) : connection.test();
  }

  long idleMillis() {
    return result == null ? idle(connection) : result.longestIdleMillis();
  }

  /** What it did, to end a sentence with. */
  String clause() {
    String since = Units.duration(idleMillis() * 1_000_000);
    return isResult()
        ? "left a result open for " + since
        : "left a " + kind() + " transaction open for " + since;
  }

  private String kind() {
    return connection.status().transaction() == 1 ? "read" : "write";
  }

  /** A statement that is busy has a result that was neither read to its end nor closed. */
  private boolean isResult() {
    Long busy = connection.status().busyStatements();
    return result != null || busy != null && busy > 0;
  }

  /** The same, with the connection and the query. */
  String evidence() {
    String where = " on " + Names.connection(connection);
    String openedBy = connection.status().openedBy();
    return (!isResult()
            ? "A "
                + kind()
                + " transaction is open"
                + where
                + ", which has run nothing for "
                + Units.duration(idleMillis() * 1_000_000)
                + ": auto-commit is off, and neither commit nor rollback was called"
            : "A result stood open for "
                + Units.duration(idleMillis() * 1_000_000)
                + where
                + (result == null ? "" : ": " + Names.sql(result.sql())))
        + (openedBy == null || openedBy.isEmpty()
            ? ""
            : "; the connection was opened in " + openedBy.lines().findFirst().orElse(""));
  }

  String advice() {
    return !isResult()
        ? "Call commit() or rollback() on the connection that is named, or close it"
        : "Close the result that is named";
  }
}
