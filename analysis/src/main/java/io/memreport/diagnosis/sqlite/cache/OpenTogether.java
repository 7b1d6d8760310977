// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Pool;
import io.memreport.model.verdict.Culprit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Connections that one test, or one place of the code, opened and that were all open at the end.
 *
 * @param test id of the test that opened them all; null if it was none, or several
 * @param site the frame that opened them, or null if that was not seen
 * @param bytes all that SQLite holds for them
 */
public record OpenTogether(
    String runId, String test, String site, List<Connection> connections, long bytes) {
  /** Fewer are what a test may share with the tests behind it. */
  public static final int LEAST_OF_TEST = 3;

  /** Fewer may be one for each thread, or one for each part of a program. */
  public static final int LEAST_OF_CODE = 16;

  /** What one connection with twice SQLite's default cache holds. */
  public static final long LEAST_BYTES_OF_TEST = 4 << 20;

  /** Sixteen connections with a full default cache hold twice as much. */
  public static final long LEAST_BYTES_OF_CODE = 16 << 20;

  /** Those of all runs that are enough to be named, the largest first. */
  public static List<OpenTogether> of(Facts facts) {
    List<OpenTogether> found = new ArrayList<>();
    List<Connection> open =
        facts.connections().stream()
            .filter(one -> one.closedAt() == null && Settings.isSqlite(one))
            .filter(one -> one.sqlite().heldBytes() != null && !isNamedAlone(one))
            .filter(one -> !isFilledIn(facts, one))
            .toList();
    Map<String, List<Connection>> byTest = new LinkedHashMap<>();
    for (Connection connection : open) {
      if (connection.test() != null) {
        byTest.computeIfAbsent(connection.test(), missing -> new ArrayList<>()).add(connection);
      }
    }
    List<Connection> left = new ArrayList<>(open);
    byTest.forEach(
        (test, connections) -> {
          OpenTogether one = new OpenTogether(test, connections);
          if (connections.size() >= LEAST_OF_TEST
              && one.bytes >= LEAST_BYTES_OF_TEST
              && !isOfPools(facts, one)) {
            found.add(one);
            left.removeAll(connections);
          }
        });
    Map<String, List<Connection>> bySite = new LinkedHashMap<>();
    for (Connection connection : left) {
      if (site(connection) != null) {
        // Tests make a database each; in a program one connection to each of many is by design.
        String database = connection.test() == null ? connection.url() : null;
        bySite
            .computeIfAbsent(
                connection.runId() + " " + site(connection) + " " + database,
                missing -> new ArrayList<>())
            .add(connection);
      }
    }
    bySite.values().stream()
        .map(connections -> new OpenTogether(null, connections))
        .filter(one -> one.connections.size() >= LEAST_OF_CODE && one.bytes >= LEAST_BYTES_OF_CODE)
        .filter(one -> !isOfPools(facts, one))
        .forEach(found::add);
    found.sort(Comparator.comparingLong(OpenTogether::bytes).reversed());
    return found;
  }

  /** A large database in memory has a finding of its own. */
  private static boolean isNamedAlone(Connection connection) {
    return Settings.isInMemory(connection)
        && connection.sqlite().heldBytes() >= MemoryDatabase.THRESHOLD_BYTES;
  }

  /** Whether these are databases in memory, which go with their connections. */
  public boolean isInMemory() {
    return connections.stream().allMatch(Settings::isInMemory);
  }

  private OpenTogether(String test, List<Connection> connections) {
    this(
        connections.get(0).runId(),
        test,
        site(connections.get(0)),
        List.copyOf(connections),
        connections.stream().mapToLong(one -> one.sqlite().heldBytes()).sum());
  }

  /** Where the one connection was opened: the innermost frame of the application. */
  private static String site(Connection connection) {
    String stack = connection.status().openedBy();
    return stack == null || stack.isEmpty() ? null : stack.lines().findFirst().orElse(null);
  }

  /**
   * A pool that fills itself opens connections on a thread of its own, with no code of the
   * application, whichever test runs then; its total is read once a second only.
   */
  private static boolean isFilledIn(Facts facts, Connection connection) {
    return site(connection) == null
        && facts.pools().stream().anyMatch(pool -> connection.runId().equals(pool.runId()));
  }

  /** A pool keeps its connections open on purpose. */
  private static boolean isOfPools(Facts facts, OpenTogether one) {
    long pooled =
        facts.pools().stream()
            .filter(pool -> one.runId.equals(pool.runId()))
            .map(Pool::lastTotal)
            .filter(Objects::nonNull)
            .mapToLong(total -> total)
            .sum();
    return one.connections.size() <= pooled;
  }

  /**
   * Those of a run that hold more than half of what SQLite holds in it, or null.
   *
   * @param sqliteBytes all that SQLite holds in the run; null if that is not known
   */
  public static OpenTogether most(Facts facts, Run run, Long sqliteBytes) {
    return of(facts).stream()
        .filter(one -> run.id().equals(one.runId))
        .filter(one -> sqliteBytes != null && one.bytes > sqliteBytes / 2)
        .findFirst()
        .orElse(null);
  }

  /** As in {@code 400 connections to jdbc:sqlite:shop.db, 2.08 MiB each, opened in Shop.find}. */
  public String words() {
    return connections.size()
        + " connections to "
        + Names.connection(connections.get(0))
        + ", "
        + Units.bytes(bytes / connections.size())
        + " each"
        + (site == null ? "" : ", opened in " + site);
  }

  /** Where they were opened, as a name: {@code Orders.find()}; null if that was not seen. */
  public String code() {
    if (site == null) {
      return null;
    }
    int bracket = site.indexOf('(');
    String method = bracket < 0 ? site : site.substring(0, bracket);
    int name = method.lastIndexOf('.');
    int type = name < 0 ? -1 : method.lastIndexOf('.', name - 1);
    return method.substring(type + 1) + "()";
  }

  /** Who opened them: the test if it was one, else the code; null if neither is known. */
  public Culprit opener(Facts facts) {
    TestResult of = test == null ? null : facts.test(test);
    if (of != null) {
      return Names.culprit(of, bytes);
    }
    return site == null ? null : new Culprit("class", site, code(), bytes);
  }
}
