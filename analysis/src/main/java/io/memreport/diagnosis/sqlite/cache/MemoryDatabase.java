// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A database that lives in memory, and still did when the recording ended. */
public final class MemoryDatabase implements Rule {
  /** Small ones are what tests are made of. */
  public static final long THRESHOLD_BYTES = 16 << 20;

  /** More than an empty schema and a few rows, for a database that nobody needs any more. */
  public static final long LEAST_BYTES_OF_TEST = 2 << 20;

  @Override
  public String id() {
    return "sqlite.memory-database";
  }

  @Override
  public String summary() {
    return "An in-memory SQLite database was still there at the end";
  }

  @Override
  public String why() {
    return "All pages of an in-memory database stay until its last connection closes; deleting rows"
        + " only marks pages as free, and cache_size does not bound it. memreport reports those of "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more, and of "
        + Units.bytes(LEAST_BYTES_OF_TEST)
        + " or more if the test that opened it is over and nobody else has used it.";
  }

  @Override
  public String advice() {
    return "Close the connection when the data are not needed, VACUUM after large deletes, or keep"
        + " the database in a temporary file.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        static Connection db = DriverManager.getConnection("jdbc:sqlite::memory:");""",
        """
        @BeforeEach
        void open() throws SQLException {
          db = DriverManager.getConnection("jdbc:sqlite::memory:");
        }

        @AfterEach
        void close() throws SQLException {
          db.close();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    Set<String> together =
        OpenTogether.of(facts).stream()
            .flatMap(open -> open.connections().stream())
            .map(Connection::id)
            .collect(Collectors.toSet());
    for (Connection connection : facts.connections()) {
      Long held = SharedMemoryDatabases.held(facts, connection);
      if (connection.closedAt() == null
          && Settings.isInMemory(connection)
          && held != null
          && (held >= THRESHOLD_BYTES
              || held >= LEAST_BYTES_OF_TEST
                  && !together.contains(connection.id())
                  && isLeftByTest(facts, connection))) {
        found.add(suspicion(facts, connection, held));
      }
    }
    return found;
  }

  /** Whether it served one test alone, which is over; what a pool keeps open is the pool's. */
  private static boolean isLeftByTest(Facts facts, Connection connection) {
    TestResult test = connection.test() == null ? null : facts.test(connection.test());
    return test != null
        && !test.isFixture()
        && test.status() != TestStatus.RUNNING_AT_END
        && facts.pools().stream().noneMatch(pool -> connection.runId().equals(pool.runId()))
        && facts.uses().stream()
            .filter(use -> connection.id().equals(use.connection()))
            .allMatch(use -> test.id().equals(use.test()));
  }

  private Suspicion suspicion(Facts facts, Connection connection, long held) {
    TestResult test = connection.test() == null ? null : facts.test(connection.test());
    String who = test == null ? "Code outside tests" : Names.test(test);
    String evidence =
        "The in-memory database "
            + Names.connection(connection)
            + " was open at the end and held "
            + Units.bytes(held);
    List<Culprit> culprits = new ArrayList<>();
    if (test != null) {
      culprits.add(Names.culprit(test, held));
    }
    culprits.add(Names.culprit(connection, held));
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            who + " opened an in-memory database that still holds " + Units.bytes(held),
            evidence,
            advice(),
            test == null ? connection.id() : test.id()),
        Cause.SQLITE_MEMORY_DB,
        Confidence.CERTAIN,
        "left an in-memory database of " + Units.bytes(held) + " open",
        held,
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
