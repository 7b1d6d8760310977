// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.connection;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.cache.OpenTogether;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Connections that one test or one line of code opens again and again, and never closes. */
public final class ConnectionNotClosed implements Rule {
  @Override
  public String id() {
    return "sqlite.connection-not-closed";
  }

  @Override
  public String summary() {
    return "Connections were opened and never closed";
  }

  @Override
  public String why() {
    return "Each SQLite connection has a page cache of its own, 2 MB by default, and keeps it until it is"
        + " closed; that its Java object was collected does not help. memreport reports tests that left "
        + OpenTogether.LEAST_OF_TEST
        + " or more connections with "
        + Units.bytes(OpenTogether.LEAST_BYTES_OF_TEST)
        + " open, and lines of code that left "
        + OpenTogether.LEAST_OF_CODE
        + " or more with "
        + Units.bytes(OpenTogether.LEAST_BYTES_OF_CODE)
        + ", unless pools hold as many.";
  }

  @Override
  public String advice() {
    return "Close each connection: open it in a try-with-resources block, or take it from a pool that holds a few."
        + " A smaller cache_size only makes the leak slower.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Connection c = DriverManager.getConnection(url);
        return count(c);""",
        """
        try (Connection c = DriverManager.getConnection(url)) {
          return count(c);
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    return OpenTogether.of(facts).stream().map(open -> suspicion(facts, open)).toList();
  }

  private Suspicion suspicion(Facts facts, OpenTogether open) {
    Query query = reading(facts, open);
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(open.opener(facts));
    if (query != null) {
      culprits.add(Names.culprit(query, open.bytes()));
    }
    List<String> evidence = new ArrayList<>();
    evidence.add("Open at the end, with " + Units.bytes(open.bytes()) + ": " + open.words());
    if (query != null) {
      evidence.add("Their pages came with: " + Names.sql(query));
    }
    String left =
        "left "
            + open.connections().size()
            + " connections open, which hold "
            + Units.bytes(open.bytes());
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.shown(culprits.get(0).name()) + " " + left,
            String.join("; ", evidence),
            open.isInMemory()
                ? "Close each connection, in a try-with-resources block or when its test ends: a database"
                    + " in memory goes with its last connection."
                : advice(),
            open.test() == null ? open.connections().get(0).id() : open.test()),
        open.isInMemory() ? Cause.SQLITE_MEMORY_DB : Cause.SQLITE_PAGE_CACHE,
        open.test() == null ? Confidence.LIKELY : Confidence.CERTAIN,
        left,
        open.bytes(),
        culprits,
        evidence.stream().map(Names::recorded).toList());
  }

  /** The query that took most on them, or null if none is known. */
  private static Query reading(Facts facts, OpenTogether open) {
    Set<String> ids =
        open.connections().stream()
            .map(Connection::id)
            .collect(Collectors.toCollection(HashSet::new));
    return facts.uses().stream()
        .filter(
            use -> ids.contains(use.connection()) && use.netBytes() != null && use.query() != null)
        .collect(Collectors.groupingBy(QueryUse::query, Collectors.summingLong(QueryUse::netBytes)))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> facts.query(entry.getKey()))
        .orElse(null);
  }
}
