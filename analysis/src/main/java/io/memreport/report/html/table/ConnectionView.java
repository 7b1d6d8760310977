// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.table;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One JDBC connection with the settings that are its own, and the test that opened it ({@code test}
 * null for none).
 */
public record ConnectionView(
    String anchor,
    String url,
    Link test,
    String opened,
    String closed,
    Measure openStatements,
    List<Fact> state,
    List<OpenResultRow> results,
    List<Fact> settings,
    List<Measure> heap) {

  /** Results of one text that nobody reads on. */
  public record OpenResultRow(Link query, String idle, long open) {}

  /** The most connections that the page lists. */
  static final int LISTED = 200;

  private static final long NANOS_PER_MILLI = 1_000_000;

  public static List<ConnectionView> of(PostMortem postMortem, Names names) {
    Map<String, Instant> starts =
        postMortem.runs().stream()
            .filter(run -> run.startedAt() != null)
            .collect(Collectors.toMap(Run::id, Run::startedAt, (a, b) -> a));
    Map<String, String> common = common(postMortem);
    return listed(postMortem)
        .map(
            connection -> of(postMortem, connection, starts.get(connection.runId()), names, common))
        .toList();
  }

  private static Stream<Connection> listed(PostMortem postMortem) {
    return postMortem.connections().stream()
        .sorted(
            Comparator.comparingLong(c -> -Reasons.orZero(Reasons.known(c.sqlite()).heldBytes())))
        .limit(LISTED);
  }

  /** Settings that all listed connections share, as far as theirs are known; none for one alone. */
  public static List<Fact> shared(PostMortem postMortem) {
    return facts(common(postMortem));
  }

  private static Map<String, String> common(PostMortem postMortem) {
    List<Map<String, String>> known =
        listed(postMortem).map(ConnectionView::settings).filter(map -> !map.isEmpty()).toList();
    if (known.size() < 2) {
      return Map.of();
    }
    Map<String, String> common = new TreeMap<>(known.get(0));
    known.forEach(one -> common.entrySet().retainAll(one.entrySet()));
    return common;
  }

  private static Map<String, String> settings(Connection connection) {
    return new TreeMap<>(Objects.requireNonNullElse(connection.settings(), Map.of()));
  }

  private static List<Fact> facts(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> new Fact(VisibleText.label(e.getKey()), setting(e.getValue())))
        .toList();
  }

  private static ConnectionView of(
      PostMortem postMortem,
      Connection connection,
      Instant start,
      Names names,
      Map<String, String> common) {
    Map<String, String> own = settings(connection);
    own.entrySet().removeAll(common.entrySet());
    ConnectionHeap heap = Reasons.known(connection.sqlite());
    return new ConnectionView(
        names.anchor(connection),
        VisibleText.shorten(VisibleText.line(connection.url()), 200),
        names.link(Names.TEST, connection.test()),
        Moment.since(start, connection.openedAt()),
        connection.closedAt() == null ? "" : Moment.since(start, connection.closedAt()),
        Measure.count(connection.openStatements()),
        state(connection.status()),
        postMortem.service().openResults().stream()
            .filter(result -> connection.id().equals(result.connection()))
            .map(
                result ->
                    new OpenResultRow(
                        names.link(Names.QUERY, result.query()),
                        millis(result.longestIdleMillis()),
                        result.atEnd()))
            .toList(),
        facts(own),
        List.of(
            Measure.bytes(heap.heldBytes()),
            Measure.bytes(heap.cacheBytes()),
            Measure.bytes(heap.schemaBytes()),
            Measure.bytes(heap.statementBytes()),
            Measure.count(heap.cacheHits()),
            Measure.count(heap.cacheMisses()),
            Measure.count(heap.cacheSpills())));
  }

  private static List<Fact> state(ConnectionStatus status) {
    List<Fact> facts = new ArrayList<>();
    if (status.openedBy() != null) {
      facts.add(new Fact("Opened in", VisibleText.line(status.openedBy())));
    }
    if (status.beforeAttachBytes() != null) {
      facts.add(new Fact("Held before the attach", Units.bytes(status.beforeAttachBytes())));
    }
    if (status.idleMillis() != null) {
      facts.add(new Fact("Idle for", millis(status.idleMillis())));
    }
    if (status.transaction() != null) {
      facts.add(new Fact("Transaction", transaction(status.transaction())));
    }
    if (status.databaseBytes() != null) {
      facts.add(new Fact("Database file", Units.bytes(status.databaseBytes())));
    }
    if (status.walBytes() != null) {
      facts.add(new Fact("Write-ahead log", Units.bytes(status.walBytes())));
    }
    return facts;
  }

  /** See https://www.sqlite.org/c3ref/c_txn_none.html. */
  private static String transaction(long state) {
    return state == 0 ? "none" : state == 1 ? "reads" : "writes";
  }

  private static String millis(long millis) {
    return Units.duration(millis * NANOS_PER_MILLI);
  }

  private static String setting(String value) {
    return value == null ? "unknown" : VisibleText.shorten(VisibleText.line(value), 120);
  }
}
