// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pages that an open connection to a file keeps, because its cache may grow. */
public final class PageCacheRetained implements Rule {
  /**
   * A connection with SQLite's default of 2 MB for its cache holds 2.2 MB once it is full, see
   * https://www.sqlite.org/pragma.html#pragma_cache_size; twice that is a choice, not the default.
   */
  public static final long THRESHOLD_BYTES = 4 << 20;

  /** A cache that may not grow beyond this is what a service was given on purpose. */
  private static final long BOUNDED_BYTES = 64 << 20;

  /**
   * From here on a cache that a program closes in order at its end was never meant to be so large.
   */
  private static final long UNBOUNDED_BYTES = 1 << 30;

  private static final long LARGE_BYTES = 64 << 20;
  private static final Duration AT_THE_END = Duration.ofSeconds(5);

  /** What cache_size=-16000 comes to, with what each page costs beside its bytes. */
  private static final long ADVISED_BYTES = 17 << 20;

  private static final String TO_CLOSE =
      "Close the connection when it is done; PRAGMA shrink_memory gives back what it holds now.";

  @Override
  public String id() {
    return "sqlite.page-cache-retained";
  }

  @Override
  public String summary() {
    return "An open SQLite connection keeps the pages that it read";
  }

  @Override
  public String why() {
    return "SQLite gives pages of its cache back when the connection closes, when cache_size is"
        + " lowered or on PRAGMA shrink_memory, never with time. Each connection has a cache of its"
        + " own for each attached database. A positive cache_size counts pages, a negative one KiB."
        + " memreport reports connections that hold more than "
        + Units.bytes(THRESHOLD_BYTES)
        + " when the recording ends, twice what the default cache needs, if a test filled them or their cache may"
        + " grow beyond "
        + Units.bytes(BOUNDED_BYTES)
        + "; and those of a service that stood idle with more than "
        + Units.bytes(LARGE_BYTES)
        + " until it was stopped, if their cache may grow beyond "
        + Units.bytes(UNBOUNDED_BYTES)
        + ".";
  }

  @Override
  public String advice() {
    return "Bound the cache with cache_size=-16000 (16 MB), or close the connection when it is done. PRAGMA"
        + " shrink_memory gives back what it holds now.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Connection c = DriverManager.getConnection("jdbc:sqlite:shop.db?cache_size=200000");
        c.createStatement().executeQuery("select sum(cents) from sales"); // 200000 pages may stay""",
        """
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:shop.db?cache_size=-16000")) {
          sum(c);
        }""");
  }

  @Override
  public Fix example() {
    return SettingFix.example("cache_size", "-16000");
  }

  /** Never more than is set now. */
  private String advice(Connection connection) {
    return isSmall(connection) ? TO_CLOSE : advice();
  }

  private static boolean isSmall(Connection connection) {
    Long bound = PageCache.boundOf(connection);
    return bound != null && bound <= ADVISED_BYTES;
  }

  private static Fix fix(Connection connection, long bytes) {
    return isSmall(connection)
        ? null
        : SettingFix.of(connection, "cache_size", "-16000", Math.max(0, bytes - ADVISED_BYTES));
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    Map<String, List<Kept>> ofServices = new LinkedHashMap<>();
    Set<Connection> notClosed =
        OpenTogether.of(facts).stream()
            .flatMap(open -> open.connections().stream())
            .collect(Collectors.toSet());
    for (Connection connection : facts.connections()) {
      if (connection.closedAt() == null
          && !Settings.isInMemory(connection)
          && !notClosed.contains(connection)
          && connection.sqlite().heldBytes() != null) {
        Kept kept = new Kept(connection, pages(facts, connection), culpritQuery(facts, connection));
        TestResult test = test(facts, connection);
        if (kept.bytes() < THRESHOLD_BYTES) {
          continue;
        }
        if (test != null) {
          found.add(ofTest(kept, test));
        } else if (!isBounded(connection)) {
          ofServices
              .computeIfAbsent(connection.runId() + connection.url(), missing -> new ArrayList<>())
              .add(kept);
        }
      } else if (isKeptToTheEnd(facts, connection)) {
        ofServices
            .computeIfAbsent(connection.runId() + connection.url(), missing -> new ArrayList<>())
            .add(
                new Kept(
                    connection,
                    connection.status().idleCacheBytes(),
                    culpritQuery(facts, connection)));
      }
    }
    ofServices.values().forEach(kept -> found.add(ofService(kept)));
    return found;
  }

  /**
   * A service wants its cache: as large as it was set, it is no fault unless that is very large.
   */
  private static boolean isBounded(Connection connection) {
    Long bound = PageCache.boundOf(connection);
    return bound != null && bound <= BOUNDED_BYTES;
  }

  /** A service that stands idle until it is stopped gives its pages back then, and not before. */
  private static boolean isKeptToTheEnd(Facts facts, Connection connection) {
    Long bytes = connection.status().idleCacheBytes();
    Long bound = PageCache.boundOf(connection);
    return bytes != null
        && bytes >= LARGE_BYTES
        && bound != null
        && bound >= UNBOUNDED_BYTES
        && facts.runs().stream().anyMatch(run -> isClosedByEndOf(run, connection))
        && facts.tests().stream().noneMatch(test -> test.runId().equals(connection.runId()))
        && facts.service().runningQueries().stream()
            .noneMatch(query -> query.atEnd() && connection.id().equals(query.connection()));
  }

  private static boolean isClosedByEndOf(Run run, Connection connection) {
    return run.id().equals(connection.runId())
        && run.endedAt() != null
        && !connection.closedAt().isBefore(run.endedAt().minus(AT_THE_END));
  }

  /** What one connection keeps, and the query that took most of it, or null. */
  private record Kept(Connection connection, long bytes, Query query) {}

  private static long pages(Facts facts, Connection connection) {
    if (connection.sqlite().cacheBytes() != null) {
      return connection.sqlite().cacheBytes();
    }
    long statements =
        facts.openStatements().stream()
            .filter(open -> connection.id().equals(open.connection()))
            .mapToLong(open -> open.heldBytes() == null ? 0 : open.heldBytes())
            .sum();
    return connection.sqlite().heldBytes() - statements;
  }

  private static TestResult test(Facts facts, Connection connection) {
    String most = most(uses(facts, connection), QueryUse::test);
    return facts.test(most == null ? connection.test() : most);
  }

  private static Query culpritQuery(Facts facts, Connection connection) {
    String query = most(uses(facts, connection), QueryUse::query);
    return query == null ? null : facts.query(query);
  }

  private static List<QueryUse> uses(Facts facts, Connection connection) {
    return facts.uses().stream()
        .filter(use -> connection.id().equals(use.connection()) && use.netBytes() != null)
        .toList();
  }

  private static String evidence(Kept kept) {
    Connection connection = kept.connection();
    Long before = connection.status().beforeAttachBytes();
    return "The connection to "
        + Names.connection(connection)
        + (connection.closedAt() == null
            ? " was open at the end and held " + Units.bytes(kept.bytes()) + " of pages; "
            : " stood idle, and held "
                + Units.bytes(kept.bytes())
                + " of pages until it was closed when the program ended; ")
        + setting(connection)
        + (before == null ? "" : "; it held " + Units.bytes(before) + " before the attach")
        + (kept.query() == null ? "" : "; most of it came with: " + Names.sql(kept.query()));
  }

  private static String setting(Connection connection) {
    String cacheSize = connection.settings().get("cache_size");
    return cacheSize == null
        ? "its cache_size was not set while it was recorded"
        : "its cache_size is " + cacheSize + (cacheSize.startsWith("-") ? " KiB" : " pages");
  }

  private Suspicion ofTest(Kept kept, TestResult test) {
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(Names.culprit(test, kept.bytes()));
    culprits.add(Names.culprit(kept.connection(), kept.bytes()));
    if (kept.query() != null) {
      culprits.add(Names.culprit(kept.query(), kept.bytes()));
    }
    return suspicion(
        Names.test(test)
            + " left "
            + Units.bytes(kept.bytes())
            + " in the page cache of an open connection",
        "left " + Units.bytes(kept.bytes()) + " in SQLite's page cache",
        kept.connection(),
        test.id(),
        kept.bytes(),
        culprits,
        List.of(evidence(kept)));
  }

  /** The connections of a service to one database: a pool is one thing to its owner. */
  private Suspicion ofService(List<Kept> all) {
    List<Kept> largest =
        all.stream().sorted(Comparator.comparingLong(Kept::bytes).reversed()).toList();
    long bytes = all.stream().mapToLong(Kept::bytes).sum();
    Connection first = largest.get(0).connection();
    Query query =
        largest.stream().map(Kept::query).filter(Objects::nonNull).findFirst().orElse(null);
    List<Culprit> culprits = new ArrayList<>();
    if (query != null) {
      culprits.add(
          Names.culprit(
              query,
              largest.stream().filter(kept -> kept.query() == query).mapToLong(Kept::bytes).sum()));
    }
    largest.forEach(kept -> culprits.add(Names.culprit(kept.connection(), kept.bytes())));
    boolean open = all.stream().anyMatch(kept -> kept.connection().closedAt() == null);
    String state = open ? " open connection" : " idle connection";
    String where =
        Units.bytes(bytes)
            + " in the page cache"
            + (all.size() == 1 ? " of an" + state : "s of " + all.size() + state + "s");
    return suspicion(
        "SQLite keeps " + where,
        query == null
            ? "keeps "
                + (all.size() == 1 ? Units.bytes(bytes) + " in its page cache" : where)
                + ": "
                + setting(first)
            : "filled "
                + Units.bytes(bytes)
                + (all.size() == 1
                    ? " of an" + state + "'s page cache"
                    : " of page caches in " + all.size() + state + "s")
                + ": "
                + setting(first),
        first,
        first.id(),
        bytes,
        culprits,
        largest.stream().map(PageCacheRetained::evidence).toList());
  }

  private Suspicion suspicion(
      String title,
      String clause,
      Connection connection,
      String where,
      long bytes,
      List<Culprit> culprits,
      List<String> evidence) {
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            title,
            evidence.get(0)
                + (evidence.size() == 1
                    ? ""
                    : "; likewise " + (evidence.size() - 1) + " more connections"),
            advice(connection),
            where,
            bytes,
            fix(connection, bytes)),
        Cause.SQLITE_PAGE_CACHE,
        Confidence.CERTAIN,
        clause,
        bytes,
        culprits,
        evidence.stream().map(Names::recorded).toList());
  }

  /** The key whose uses took the most on balance, or null if none took anything. */
  private static String most(List<QueryUse> uses, Function<QueryUse, String> key) {
    return uses.stream()
        .filter(use -> key.apply(use) != null)
        .collect(Collectors.groupingBy(key, Collectors.summingLong(QueryUse::netBytes)))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
