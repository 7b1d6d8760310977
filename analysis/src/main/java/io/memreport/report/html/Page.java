// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.report.html.kill.ForksView;
import io.memreport.report.html.kill.KillSection;
import io.memreport.report.html.map.HeapGraph;
import io.memreport.report.html.map.MapView;
import io.memreport.report.html.memory.CgroupView;
import io.memreport.report.html.memory.HeapLineView;
import io.memreport.report.html.memory.Ledger;
import io.memreport.report.html.memory.LibraryView;
import io.memreport.report.html.memory.PressureView;
import io.memreport.report.html.memory.RetentionView;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Hatch;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Relations;
import io.memreport.report.html.part.RowTable;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.html.pool.PoolView;
import io.memreport.report.html.shared.ProcessView;
import io.memreport.report.html.shared.SharedView;
import io.memreport.report.html.table.ConnectionView;
import io.memreport.report.html.table.QueryTable;
import io.memreport.report.html.table.TestTable;
import io.memreport.report.html.timeline.TimelineView;
import io.memreport.report.html.verdict.ChecksView;
import io.memreport.report.html.verdict.FindingView;
import io.memreport.report.html.verdict.VerdictView;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that the templates show, section by section. */
public record Page(
    List<Hatch> hatches,
    VerdictView verdict,
    KillSection kills,
    ForksView forks,
    List<Ledger> ledgers,
    MapView map,
    List<RetentionView> retention,
    List<CgroupView> cgroups,
    List<PressureView> pressure,
    List<FindingView> actions,
    TimelineView timeline,
    RowTable tests,
    RowTable queries,
    List<ConnectionView> connections,
    int connectionCount,
    List<Fact> settings,
    List<PoolView> pools,
    int poolCount,
    SharedView shared,
    List<ProcessView> processes,
    int processCount,
    List<HeapGraph> heapGraphs,
    List<HeapLineView> heapLines,
    List<LibraryView> libraries,
    List<FindingView> findings,
    ChecksView checks,
    List<RunView> runs,
    String lost,
    String dropped,
    List<String> notes,
    String schema,
    String data) {

  /** When each test ran, by its row. */
  private static Map<String, TestSpan> spans(PostMortem postMortem, Names names) {
    Map<String, TestSpan> byTest = new HashMap<>();
    postMortem.timeline().spans().forEach(span -> byTest.putIfAbsent(span.testId(), span));
    Map<String, TestSpan> spans = new HashMap<>();
    for (TestResult test : postMortem.tests()) {
      TestSpan span = byTest.get(test.id());
      if (span != null) {
        spans.put(names.anchor(test), span);
      }
    }
    return spans;
  }

  static Page of(PostMortem postMortem) throws IOException {
    Names names = new Names(postMortem);
    Relations relations = Relations.of(postMortem);
    RowTable tests = TestTable.of(postMortem, names, relations);
    RowTable queries = QueryTable.of(postMortem, names, relations);
    TimelineView timeline = TimelineView.of(postMortem, names);
    List<FindingView> findings = FindingView.of(postMortem, names);
    Map<String, Set<String>> related = new HashMap<>();
    for (TestResult test : postMortem.tests()) {
      Set<String> anchors = names.anchorsOf(Names.QUERY, relations.queriesOf(test.id()));
      related.put(names.anchor(test), anchors);
    }
    Double lost = postMortem.quality().lostSeconds();
    return new Page(
        Hatch.all(),
        VerdictView.of(postMortem, timeline, names),
        KillSection.of(postMortem, names),
        ForksView.of(postMortem, names),
        Ledger.of(postMortem, names),
        MapView.of(postMortem, names, relations),
        RetentionView.of(postMortem, names),
        CgroupView.of(postMortem),
        PressureView.of(postMortem),
        FindingView.actions(findings),
        timeline,
        tests,
        queries,
        ConnectionView.of(postMortem, names),
        postMortem.connections().size(),
        ConnectionView.shared(postMortem),
        PoolView.of(postMortem, names),
        postMortem.pools().size(),
        SharedView.of(postMortem, names),
        ProcessView.of(postMortem, names),
        postMortem.processes().size(),
        HeapGraph.of(postMortem, names),
        HeapLineView.of(postMortem, names),
        LibraryView.of(postMortem),
        findings,
        ChecksView.of(postMortem),
        RunView.of(postMortem, names),
        lost == null ? "" : Units.duration(Math.round(lost * 1e9)),
        Measure.grouped(postMortem.quality().droppedEvents()),
        postMortem.quality().notes().stream().map(VisibleText::label).toList(),
        VisibleText.label(postMortem.schema()),
        PageData.of(tests, queries, related::get, spans(postMortem, names)::get, timeline));
  }
}
