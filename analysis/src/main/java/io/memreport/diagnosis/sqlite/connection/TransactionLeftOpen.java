// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.connection;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.wal.WalHeld;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A test switched auto-commit off and ended neither by commit nor by rollback. */
public final class TransactionLeftOpen implements Rule {
  /** So long the connection has run nothing within its transaction. */
  static final long LEAST_MILLIS = 1000;

  private static final long NANOS = 1_000_000;

  @Override
  public String id() {
    return "sqlite.transaction-left-open";
  }

  @Override
  public String summary() {
    return "A test left a transaction open";
  }

  @Override
  public String why() {
    return "A transaction that is not ended keeps its lock, so that others wait for it or fail with SQLITE_BUSY, and the"
        + " write-ahead log from being reset. memreport reports connections that were open to the end, with a transaction"
        + " of a test that was over, and on which nothing had run for "
        + Units.duration(LEAST_MILLIS * NANOS)
        + " or more; unless what the write-ahead log grew to says it already.";
  }

  @Override
  public String advice() {
    return "Call commit() or rollback() before the test ends, or close the connection, which rolls back.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        c.setAutoCommit(false);
        insert(c);
        check(c); // if it throws, the transaction stays open""",
        """
        c.setAutoCommit(false);
        try {
          insert(c);
          check(c);
          c.commit();
        } finally {
          c.rollback();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    Set<String> told =
        new WalHeld()
            .examine(facts).stream()
                .flatMap(held -> held.culprits().stream())
                .map(Culprit::id)
                .collect(Collectors.toSet());
    List<Suspicion> found = new ArrayList<>();
    for (Connection connection : facts.connections()) {
      TestResult test = isOpen(connection) ? lastUser(facts, connection) : null;
      if (test != null
          && test.status() != TestStatus.RUNNING_AT_END
          && !told.contains(connection.id())) {
        found.add(suspicion(connection, test));
      }
    }
    return found;
  }

  private static boolean isOpen(Connection connection) {
    Long transaction = connection.status().transaction();
    Long idle = connection.status().idleMillis();
    Long busy = connection.status().busyStatements();
    // A result that is open has a transaction of its own, which ends with it.
    return connection.closedAt() == null
        && (busy == null || busy == 0)
        && transaction != null
        && transaction > 0
        && idle != null
        && idle >= LEAST_MILLIS;
  }

  /** The test that used it last, for what was used before had ended its own; null if none did. */
  private static TestResult lastUser(Facts facts, Connection connection) {
    return facts.uses().stream()
        .filter(use -> connection.id().equals(use.connection()))
        .map(QueryUse::test)
        .filter(Objects::nonNull)
        .map(facts::test)
        .filter(Objects::nonNull)
        .max(Comparator.comparing(TestResult::startedAt))
        .orElse(null);
  }

  private Suspicion suspicion(Connection connection, TestResult test) {
    boolean writes = connection.status().transaction() > 1;
    String left = "left a " + (writes ? "write" : "read") + " transaction open";
    String openedBy = connection.status().openedBy();
    String evidence =
        "On "
            + Names.connection(connection)
            + ", which had run nothing for "
            + Units.duration(connection.status().idleMillis() * NANOS)
            + " when the recording ended"
            + (openedBy == null || openedBy.isEmpty()
                ? ""
                : "; it was opened in " + openedBy.lines().findFirst().orElse(""));
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.NONE,
        Confidence.LIKELY,
        left,
        0,
        List.of(Names.culprit(test, null), Names.culprit(connection, null)),
        List.of(Names.recorded(evidence)));
  }
}
