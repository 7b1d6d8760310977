// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.table;

import io.memreport.model.PostMortem;
import io.memreport.model.sql.Query;
import io.memreport.report.html.part.Chip;
import io.memreport.report.html.part.Column;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.Relations;
import io.memreport.report.html.part.Row;
import io.memreport.report.html.part.RowTable;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Queries as rows, those first that retained most. */
public final class QueryTable {
  private static final int NAME = 160;
  private static final String SQLITE = "SQLite heap";
  private static final String TIME = "Time";

  private final Names names;
  private final Relations relations;
  private final String whyNoNative;

  private QueryTable(Names names, Relations relations, String whyNoNative) {
    this.names = names;
    this.relations = relations;
    this.whyNoNative = whyNoNative;
  }

  public static RowTable of(PostMortem postMortem, Names names, Relations relations) {
    QueryTable table = new QueryTable(names, relations, Reasons.noNative(postMortem));
    List<Row> rows =
        postMortem.queries().stream()
            .sorted(
                Comparator.comparingLong(
                        (Query query) ->
                            -Reasons.orZero(Reasons.known(query.sqlite()).retainedBytes()))
                    .thenComparingLong(
                        query -> -Reasons.orZero(Reasons.known(query.sqlite()).peakBytes()))
                    .thenComparingLong(query -> -query.totalNanos()))
            .map(table::row)
            .toList();
    return RowTable.of("queries", "tests", columns(), rows, List.of());
  }

  private static List<Column> columns() {
    return List.of(
        new Column("Retained", "SQLite heap still held after its executions", "bytes", SQLITE),
        new Column("Peak", "Most SQLite heap that one execution held at once", "bytes", SQLITE),
        new Column("Allocated", "SQLite heap handed out to all its executions", "bytes", SQLITE),
        new Column(
            "Allocated",
            "Java heap handed out by prepare, execute and close",
            "bytes",
            "Java heap"),
        new Column("Executions", "How often it ran", "count", ""),
        new Column("Rows", "Rows read or changed", "count", ""),
        new Column("Total", "Time of all executions", "nanos", TIME),
        new Column("Slowest", "Time of the slowest execution", "nanos", TIME));
  }

  private Row row(Query query) {
    Set<String> tests = relations.testsOf(query.id());
    String line = VisibleText.line(query.sql());
    boolean whole = line.length() <= NAME;
    return new Row(
        names.anchor(query),
        VisibleText.shorten(line, NAME),
        "",
        names.named(query.id()),
        chips(query),
        facts(query),
        whole ? "" : VisibleText.shorten(VisibleText.block(query.sql()), Reasons.FULL_TEXT),
        names.links(Names.TEST, tests),
        tests.size(),
        cells(query));
  }

  private List<Measure> cells(Query query) {
    return List.of(
        Measure.bytes(Reasons.known(query.sqlite()).retainedBytes(), whyNoNative),
        Measure.bytes(Reasons.known(query.sqlite()).peakBytes(), whyNoNative),
        Measure.bytes(Reasons.known(query.sqlite()).allocatedBytes(), whyNoNative),
        Measure.bytes(query.heap() == null ? null : query.heap().allocatedBytes()),
        Measure.count(query.executions()),
        Measure.count(query.rows()),
        Measure.nanos(query.totalNanos()),
        Measure.nanos(query.maxNanos()));
  }

  private static List<Chip> chips(Query query) {
    List<Chip> chips = new ArrayList<>();
    chip(chips, query.errors(), "failed", "bad");
    chip(chips, query.timeouts(), "timed out", "warn");
    chip(chips, query.cancelled(), "cancelled", "warn");
    return chips;
  }

  private static void chip(List<Chip> chips, long count, String text, String kind) {
    if (count > 0) {
      chips.add(new Chip(Measure.grouped(count) + " " + text, kind));
    }
  }

  private List<Fact> facts(Query query) {
    return names.links(Names.CONNECTION, query.connections()).stream()
        .map(link -> new Fact("Connection", link.text()))
        .toList();
  }
}
