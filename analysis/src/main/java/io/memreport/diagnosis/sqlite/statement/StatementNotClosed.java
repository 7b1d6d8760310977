// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Statements that nobody closed: the driver keeps them even when their objects are collected. */
public final class StatementNotClosed implements Rule {
  /** A statement costs some 4 KB: fewer are untidy, but explain no memory. */
  public static final long THRESHOLD_COUNT = 50;

  private static final double NEARLY_ALL = 0.9;

  @Override
  public String id() {
    return "sqlite.statement-not-closed";
  }

  @Override
  public String summary() {
    return "Statements were opened and never closed";
  }

  @Override
  public String why() {
    return "sqlite-jdbc keeps each compiled statement until it or its connection is closed; that its"
        + " Java object was collected does not help. memreport reports tests that left "
        + THRESHOLD_COUNT
        + " or more statements of one SQL text open.";
  }

  @Override
  public String advice() {
    return "Open statements in a try-with-resources block, so that each is closed on every path.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        for (Customer one : customers) {
          PreparedStatement insert = c.prepareStatement(SQL);
          insert.setString(1, one.name());
          insert.executeUpdate();
        }""",
        """
        try (PreparedStatement insert = c.prepareStatement(SQL)) {
          for (Customer one : customers) {
            insert.setString(1, one.name());
            insert.executeUpdate();
          }
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (OpenStatements open : facts.openStatements()) {
      if (open.count() >= THRESHOLD_COUNT) {
        found.add(suspicion(facts, open));
      }
    }
    return found;
  }

  /**
   * With the values that are bound to them, where nearly all statements of their connection that
   * nobody closed are these: SQLite counts both together, for the connection. The driver has
   * statements of its own for them, too, as those that ask for generated keys.
   */
  private static Long bytes(Facts facts, OpenStatements open) {
    Connection connection = facts.connection(open.connection());
    Long all = connection == null ? null : connection.sqlite().statementBytes();
    long statements =
        facts.openStatements().stream()
            .filter(other -> Objects.equals(open.connection(), other.connection()))
            .mapToLong(OpenStatements::count)
            .sum();
    if (all == null || open.count() < NEARLY_ALL * statements) {
      return open.heldBytes();
    }
    long share = (long) (all * ((double) open.count() / statements));
    return Math.max(share, open.heldBytes() == null ? 0 : open.heldBytes());
  }

  private Suspicion suspicion(Facts facts, OpenStatements open) {
    TestResult test = open.test() == null ? null : facts.test(open.test());
    Query query = facts.query(open.query());
    Long bytes = bytes(facts, open);
    String held = bytes == null ? "" : ", " + Units.bytes(bytes);
    String evidence =
        open.count()
            + " statements were still open at the end"
            + held
            + (query == null ? "" : ": " + Names.sql(query));
    List<Culprit> culprits = new ArrayList<>();
    if (test != null) {
      culprits.add(Names.culprit(test, bytes));
    }
    if (query != null) {
      culprits.add(Names.culprit(query, bytes));
    }
    String who = test == null ? "Code outside tests" : Names.test(test);
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            who + " left " + open.count() + " statements open" + held,
            evidence,
            advice(),
            test == null ? open.connection() : test.id()),
        Cause.SQLITE_STATEMENTS,
        Confidence.CERTAIN,
        "never closed "
            + open.count()
            + " statements"
            + (held.isEmpty() ? "" : " (" + held.substring(2) + ")"),
        bytes == null ? 0 : bytes,
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
