// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
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
import java.util.Set;
import java.util.stream.Collectors;

/** A test left a result open, and with it what its query had sorted or put into a table. */
public final class ResultKeepsMemory implements Rule {
  static final long LEAST_BYTES = 4 << 20;

  /** So much of what the connection's running statements hold, the test must have left itself. */
  private static final double HALF = 0.5;

  @Override
  public String id() {
    return "sqlite.result-keeps-memory";
  }

  @Override
  public String summary() {
    return "A test left a result open that keeps what its query has sorted";
  }

  @Override
  public String why() {
    return "A result that is neither read to its end nor closed keeps its sorter, and the tables of the moment, in memory."
        + " memreport reports tests that left one open on a connection whose running statements held "
        + Units.bytes(LEAST_BYTES)
        + " or more at the end, if the test itself left at least half of that.";
  }

  @Override
  public String advice() {
    return "Read results in a try-with-resources block, so that each is closed on every path.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        ResultSet rows = c.createStatement().executeQuery("select * from sales order by cents");
        rows.next();""",
        """
        try (Statement s = c.createStatement();
            ResultSet rows = s.executeQuery("select * from sales order by cents")) {
          rows.next();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Connection connection : facts.connections()) {
      Long working = connection.sqlite().workingBytes();
      Long busy = connection.status().busyStatements();
      if (connection.closedAt() != null
          || working == null
          || working < LEAST_BYTES
          || busy == null
          || busy == 0) {
        continue;
      }
      facts.openStatements().stream()
          .filter(open -> Objects.equals(connection.id(), open.connection()))
          .filter(open -> isOf(facts, open, working))
          .findFirst()
          .ifPresent(open -> found.add(suspicion(facts, connection, open, working)));
    }
    return found;
  }

  /** Ids of the connections of which this rule says it. */
  static Set<String> connections(Facts facts) {
    return new ResultKeepsMemory()
        .examine(facts).stream()
            .flatMap(found -> found.culprits().stream())
            .filter(culprit -> culprit.type().equals("connection"))
            .map(Culprit::id)
            .collect(Collectors.toSet());
  }

  private static boolean isOf(Facts facts, OpenStatements open, long working) {
    TestResult test = open.test() == null ? null : facts.test(open.test());
    Long left = test == null ? null : test.sqlite().retainedBytes();
    return left != null && test.status() != TestStatus.RUNNING_AT_END && left >= HALF * working;
  }

  private Suspicion suspicion(
      Facts facts, Connection connection, OpenStatements open, long working) {
    TestResult test = facts.test(open.test());
    Query query = facts.query(open.query());
    long bytes = Math.min(working, test.sqlite().retainedBytes());
    String left = "left a result open that keeps " + Units.bytes(bytes);
    String evidence =
        "The running statements of "
            + Names.connection(connection)
            + " held "
            + Units.bytes(working)
            + " at the end"
            + (query == null ? "" : ": " + Names.sql(query));
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(Names.culprit(test, bytes));
    if (query != null) {
      culprits.add(Names.culprit(query, bytes));
    }
    culprits.add(Names.culprit(connection, bytes));
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.SQLITE_STATEMENTS,
        Confidence.LIKELY,
        left,
        bytes,
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
