// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.Connection;
import io.memreport.model.ConnectionHeap;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One JDBC connection with its settings, and the test that opened it ({@code test} null for none).
 */
public record ConnectionView(
    String anchor,
    String url,
    Link test,
    String opened,
    String closed,
    Measure openStatements,
    List<Fact> settings,
    List<Measure> heap) {

  /** The most connections that the page lists. */
  static final int LISTED = 200;

  static List<ConnectionView> of(PostMortem postMortem, Names names) {
    Map<String, Instant> starts =
        postMortem.runs().stream()
            .filter(run -> run.startedAt() != null)
            .collect(Collectors.toMap(Run::id, Run::startedAt, (a, b) -> a));
    return postMortem.connections().stream()
        .sorted(
            Comparator.comparingLong(c -> -Reasons.orZero(Reasons.known(c.sqlite()).heldBytes())))
        .limit(LISTED)
        .map(connection -> of(connection, starts.get(connection.runId()), names))
        .toList();
  }

  private static ConnectionView of(Connection connection, Instant start, Names names) {
    ConnectionHeap heap = Reasons.known(connection.sqlite());
    return new ConnectionView(
        names.anchor(connection),
        VisibleText.shorten(VisibleText.line(connection.url()), 200),
        names.link(Names.TEST, connection.test()),
        Moment.since(start, connection.openedAt()),
        connection.closedAt() == null ? "" : Moment.since(start, connection.closedAt()),
        Measure.count(connection.openStatements()),
        new TreeMap<>(Objects.requireNonNullElse(connection.settings(), Map.of()))
            .entrySet().stream()
                .map(e -> new Fact(VisibleText.label(e.getKey()), setting(e.getValue())))
                .toList(),
        List.of(
            Measure.bytes(heap.heldBytes()),
            Measure.bytes(heap.cacheBytes()),
            Measure.bytes(heap.schemaBytes()),
            Measure.bytes(heap.statementBytes()),
            Measure.count(heap.cacheHits()),
            Measure.count(heap.cacheMisses()),
            Measure.count(heap.cacheSpills())));
  }

  private static String setting(String value) {
    return value == null ? "unknown" : VisibleText.shorten(VisibleText.line(value), 120);
  }
}
