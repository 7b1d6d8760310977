// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Cause;
import io.memreport.model.Confidence;
import io.memreport.model.Connection;
import io.memreport.model.Culprit;
import io.memreport.model.Facts;
import io.memreport.model.Finding;
import io.memreport.model.QueryUse;
import io.memreport.model.Severity;
import io.memreport.model.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pages that an open connection to a file keeps, because its cache may grow. */
final class PageCacheRetained implements Rule {
  /**
   * A connection with SQLite's default of 2 MB for its cache holds 2.2 MB once it is full, see
   * https://www.sqlite.org/pragma.html#pragma_cache_size; twice that is a choice, not the default.
   */
  static final long THRESHOLD_BYTES = 4 << 20;

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
        + " Named are connections that hold more than "
        + Units.bytes(THRESHOLD_BYTES)
        + " when the recording ends, twice what the default cache needs.";
  }

  @Override
  public String advice() {
    return "Bound the cache with PRAGMA cache_size=-16000 (16 MB), as URL parameter"
        + " jdbc:sqlite:file.db?cache_size=-16000, or close the connection when it is done; PRAGMA"
        + " shrink_memory gives back what it holds now.";
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Connection connection : facts.connections()) {
      if (connection.closedAt() == null
          && !MemoryDatabase.isMemory(connection.url())
          && connection.sqlite().heldBytes() != null) {
        long statements =
            facts.openStatements().stream()
                .filter(open -> connection.id().equals(open.connection()))
                .mapToLong(open -> open.heldBytes() == null ? 0 : open.heldBytes())
                .sum();
        long pages = connection.sqlite().heldBytes() - statements;
        if (pages >= THRESHOLD_BYTES) {
          found.add(suspicion(facts, connection, pages));
        }
      }
    }
    return found;
  }

  private Suspicion suspicion(Facts facts, Connection connection, long pages) {
    List<QueryUse> uses =
        facts.uses().stream()
            .filter(use -> connection.id().equals(use.connection()) && use.netBytes() != null)
            .toList();
    String most = most(uses, QueryUse::test);
    TestResult test = facts.test(most == null ? connection.test() : most);
    String query = most(uses, QueryUse::query);
    String cacheSize = connection.settings().get("cache_size");
    String setting =
        cacheSize == null
            ? "its cache_size was not set while it was recorded"
            : "its cache_size is " + cacheSize + (cacheSize.startsWith("-") ? " KiB" : " pages");
    String evidence =
        "The connection to "
            + Names.connection(connection)
            + " was open at the end and held "
            + Units.bytes(pages)
            + " besides its statements; "
            + setting
            + (query == null ? "" : "; most of it came with: " + Names.sql(facts.query(query)));
    List<Culprit> culprits = new ArrayList<>();
    if (test != null) {
      culprits.add(Names.culprit(test, pages));
    }
    culprits.add(Names.culprit(connection, pages));
    if (query != null) {
      culprits.add(Names.culprit(facts.query(query), pages));
    }
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            (test == null ? "Code outside tests" : Names.test(test))
                + " left "
                + Units.bytes(pages)
                + " in the page cache of an open connection",
            evidence,
            advice(),
            test == null ? connection.id() : test.id()),
        Cause.SQLITE_PAGE_CACHE,
        Confidence.CERTAIN,
        "left " + Units.bytes(pages) + " in SQLite's page cache",
        pages,
        culprits,
        List.of(Names.recorded(evidence)));
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
