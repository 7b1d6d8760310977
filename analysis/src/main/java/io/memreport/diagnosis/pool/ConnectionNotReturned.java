// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.pool;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Pool;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections that a test borrowed from a pool and never gave back. */
public final class ConnectionNotReturned implements Rule {
  @Override
  public String id() {
    return "pool.connection-not-returned";
  }

  @Override
  public String summary() {
    return "A test borrowed connections from a pool and did not give them back";
  }

  @Override
  public String why() {
    return "A connection that is out is lost for all others: a pool of ten is empty after ten of them, and the next"
        + " borrower waits until its timeout. It keeps its page cache, its statements and its open transaction."
        + " memreport names the only test that ran when the connection went out, if it is over and the connection is"
        + " still open; of a driver whose connections it does not know, if the pool has as many out.";
  }

  @Override
  public String advice() {
    return "Take each connection in a try-with-resources block: close() gives it back. HikariCP's leakDetectionThreshold"
        + " logs the stack of who borrowed one that stays out.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Connection c = dataSource.getConnection();
        return count(c);""",
        """
        try (Connection c = dataSource.getConnection()) {
          return count(c); // close() gives it back
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Pool pool : facts.pools()) {
      Map<TestResult, List<Borrow>> byTest = new LinkedHashMap<>();
      for (Borrow borrow : pool.borrows()) {
        TestResult test = isOut(facts, pool, borrow) ? borrower(facts, pool.runId(), borrow) : null;
        if (test != null) {
          byTest.computeIfAbsent(test, missing -> new ArrayList<>()).add(borrow);
        }
      }
      byTest.forEach((test, borrows) -> found.add(suspicion(facts, pool, test, borrows)));
    }
    return found;
  }

  /** A pool that is closed closes what is out, and so does one that gives a borrower up. */
  private static boolean isOut(Facts facts, Pool pool, Borrow borrow) {
    if (borrow.until() != null) {
      return false;
    }
    Connection connection =
        borrow.connection() == null ? null : facts.connection(borrow.connection());
    return connection == null ? areAllOut(pool) : connection.closedAt() == null;
  }

  /** Where the connections behind the wrappers are not known, the pool knows how many are out. */
  private static boolean areAllOut(Pool pool) {
    long lent = pool.borrows().stream().filter(borrow -> borrow.until() == null).count();
    return pool.lastTotal() != null
        && pool.lastIdle() != null
        && pool.lastTotal() - pool.lastIdle() >= lent;
  }

  /** The test that is over and was the only one when the connection went out, or null. */
  private static TestResult borrower(Facts facts, String runId, Borrow borrow) {
    TestResult only = null;
    for (TestSpan span : facts.timeline().spans()) {
      TestResult test = facts.test(span.testId());
      if (runId.equals(span.runId())
          && test != null
          && test.kind() == TestKind.TEST
          && covers(span, borrow.since())) {
        if (only != null) {
          return null;
        }
        only = test;
      }
    }
    return only == null || only.status() == TestStatus.RUNNING_AT_END ? null : only;
  }

  private static boolean covers(TestSpan span, Instant at) {
    return !span.from().isAfter(at) && (span.to() == null || span.to().isAfter(at));
  }

  private Suspicion suspicion(Facts facts, Pool pool, TestResult test, List<Borrow> borrows) {
    long bytes = 0;
    for (Borrow borrow : borrows) {
      Connection connection =
          borrow.connection() == null ? null : facts.connection(borrow.connection());
      Long held = connection == null ? null : connection.sqlite().heldBytes();
      bytes += held == null ? 0 : held;
    }
    int count = borrows.size();
    String left =
        "did not give back "
            + (count == 1 ? "a connection" : count + " connections")
            + " of its pool";
    String evidence =
        "Thread "
            + borrows.get(0).thread()
            + " borrowed "
            + (count == 1 ? "it" : "the first")
            + " from "
            + (pool.name() == null ? "a pool (" + pool.kind() + ")" : pool.name())
            + (pool.maxSize() == null || pool.maxSize() < 0
                ? ""
                : ", which has at most " + pool.maxSize())
            + ", and it was still out when the recording ended";
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.NONE,
        Confidence.LIKELY,
        left,
        bytes,
        List.of(Names.culprit(test, bytes == 0 ? null : bytes)),
        List.of(Names.recorded(evidence)));
  }
}
