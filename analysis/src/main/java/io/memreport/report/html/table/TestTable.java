// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.table;

import io.memreport.model.Leak;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.memory.SharedUse;
import io.memreport.report.html.part.Chip;
import io.memreport.report.html.part.Column;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.Relations;
import io.memreport.report.html.part.Row;
import io.memreport.report.html.part.RowTable;
import io.memreport.report.html.part.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tests as rows, those first that retained most. */
public final class TestTable {
  private final PostMortem postMortem;
  private final Names names;
  private final Relations relations;
  private final String whyNoNative;
  private final Map<String, Run> runs;
  private final boolean shared;

  private TestTable(PostMortem postMortem, Names names, Relations relations) {
    this.postMortem = postMortem;
    this.names = names;
    this.relations = relations;
    this.whyNoNative = Reasons.noNative(postMortem);
    this.runs =
        postMortem.runs().stream().collect(Collectors.toMap(Run::id, run -> run, (a, b) -> a));
    this.shared = postMortem.tests().stream().anyMatch(TestTable::hasShared);
  }

  public static RowTable of(PostMortem postMortem, Names names, Relations relations) {
    TestTable table = new TestTable(postMortem, names, relations);
    return RowTable.of("tests", "queries", table.columns(), table.rows(), table.notes());
  }

  /** Retained native and Java heap, by which rows are ordered; what is unknown counts nothing. */
  static long weight(TestResult test) {
    return Reasons.orZero(Reasons.known(test.sqlite()).retainedBytes())
        + Reasons.orZero(Reasons.known(test.heap()).retainedBytes());
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(
            "Retained", "SQLite heap still held when the test ended", "bytes", "SQLite heap"));
    columns.add(
        new Column(
            "Peak",
            "Most SQLite heap at once, above where the test began",
            "bytes",
            "SQLite heap"));
    columns.add(
        new Column(
            "Allocated", "SQLite heap handed out while the test ran", "bytes", "SQLite heap"));
    columns.add(
        new Column("Retained", "Java heap still held when the test ended", "bytes", "Java heap"));
    columns.add(
        new Column(
            "Allocated", "Java heap handed out by the test's own thread", "bytes", "Java heap"));
    if (shared) {
      columns.add(
          new Column(
              "Retained",
              "Shared memory still held when the test ended",
              "bytes",
              "Shared memory"));
      columns.add(new Column("Peak", "Most shared memory at once", "bytes", "Shared memory"));
    }
    columns.add(new Column("Duration", "Wall time", "nanos", ""));
    return columns;
  }

  private List<Row> rows() {
    return postMortem.tests().stream()
        .sorted(
            Comparator.comparingLong(TestTable::weight)
                .reversed()
                .thenComparing(test -> -Reasons.orZero(Reasons.known(test.sqlite()).peakBytes())))
        .map(this::row)
        .toList();
  }

  private Row row(TestResult test) {
    Set<String> queries = relations.queriesOf(test.id());
    String title = Names.title(test);
    String name = VisibleText.shorten(title, 160);
    return new Row(
        names.anchor(test),
        name,
        VisibleText.shorten(VisibleText.line(test.className()), 160),
        names.named(test.id()),
        chips(test),
        facts(test),
        name.equals(title) ? "" : VisibleText.shorten(title, Reasons.FULL_TEXT),
        names.links(Names.QUERY, queries),
        queries.size(),
        cells(test));
  }

  private List<Measure> cells(TestResult test) {
    List<Measure> cells = new ArrayList<>();
    cells.add(Measure.bytes(Reasons.known(test.sqlite()).retainedBytes(), whyNoNative));
    cells.add(Measure.bytes(Reasons.known(test.sqlite()).peakBytes(), whyNoNative));
    cells.add(Measure.bytes(Reasons.known(test.sqlite()).allocatedBytes(), whyNoNative));
    cells.add(Measure.bytes(Reasons.known(test.heap()).retainedBytes(), "needs leaks=gc"));
    cells.add(Measure.bytes(Reasons.known(test.heap()).allocatedBytes()));
    if (shared) {
      SharedUse use = test.shared();
      cells.add(Measure.bytes(use == null ? null : use.retainedBytes()));
      cells.add(Measure.bytes(use == null ? null : use.peakBytes()));
    }
    cells.add(Measure.nanos(test.durationNanos()));
    return cells;
  }

  private static List<Chip> chips(TestResult test) {
    List<Chip> chips = new ArrayList<>();
    if (test.isFixture()) {
      chips.add(new Chip("class fixture", "plain"));
    }
    if (test.kind() == TestKind.SPAN) {
      chips.add(new Chip("span", "plain"));
    }
    switch (test.status()) {
      case FAILED -> chips.add(new Chip("failed" + failure(test), "bad"));
      case RUNNING_AT_END -> chips.add(new Chip("running at the end", "bad"));
      case ABORTED -> chips.add(new Chip("aborted", "warn"));
      case SKIPPED -> chips.add(new Chip("skipped", "plain"));
      case UNKNOWN -> chips.add(new Chip("result unknown", "plain"));
      case PASSED -> {}
    }
    return chips;
  }

  /** As in {@code : OutOfMemoryError}. */
  private static String failure(TestResult test) {
    String thrown = VisibleText.line(test.failure());
    int message = thrown.indexOf(':');
    String type = message < 0 ? thrown : thrown.substring(0, message);
    return type.isEmpty()
        ? ""
        : ": " + VisibleText.shorten(type.substring(type.lastIndexOf('.') + 1), 40);
  }

  private List<Fact> facts(TestResult test) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Status", test.status().label().replace('-', ' ')));
    if (test.failure() != null) {
      facts.add(new Fact("Threw", VisibleText.shorten(VisibleText.line(test.failure()), 600)));
    }
    Run run = runs.get(test.runId());
    Instant start = run == null ? null : run.startedAt();
    facts.add(new Fact("Started", Moment.since(start, test.startedAt())));
    if (runs.size() > 1) {
      facts.add(new Fact("Run", VisibleText.label(test.runId())));
    }
    if (test.threadCount() != null && test.threadCount() != 1) {
      facts.add(new Fact("Threads", Measure.count((long) test.threadCount()).text()));
    }
    for (Leak leak : test.leaks()) {
      String bytes = leak.bytes() == null ? "" : Measure.bytes(leak.bytes()).text() + ", ";
      String what = VisibleText.shorten(VisibleText.line(leak.description()), 600);
      facts.add(new Fact("Left behind", bytes + VisibleText.label(leak.type()) + ": " + what));
    }
    return facts;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!shared && !postMortem.tests().isEmpty()) {
      notes.add("Shared memory of tests was not measured in this recording.");
    }
    return notes;
  }

  private static boolean hasShared(TestResult test) {
    SharedUse use = test.shared();
    return use != null && (use.peakBytes() != null || use.retainedBytes() != null);
  }
}
