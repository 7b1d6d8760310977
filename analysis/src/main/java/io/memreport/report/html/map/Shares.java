// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Measured;
import io.memreport.report.html.memory.HeapLineView;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.Relations;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What each test left behind or held at most, by kind of memory, and by the queries that took it.
 */
final class Shares {
  /** Less than this of a kind, in all tests together, is no picture. */
  private static final long LEAST = 64 * 1024;

  private static final int LINE = 90;

  private final PostMortem postMortem;
  private final Names names;
  private final Relations relations;
  private final boolean peak;
  private final Map<String, Query> queries = new HashMap<>();

  /** Of tests and queries that ran when their JVM died: what they held then. */
  private final Map<String, Long> held = new HashMap<>();

  /** By test, the lines whose objects a full collection left. */
  private final Map<String, List<HeapLine>> lines = new HashMap<>();

  Shares(PostMortem postMortem, Names names, Relations relations, boolean peak) {
    this.postMortem = postMortem;
    this.names = names;
    this.relations = relations;
    this.peak = peak;
    postMortem.queries().forEach(query -> queries.put(query.id(), query));
    if (died(postMortem) && postMortem.verdict().cause().isSqlite()) {
      postMortem.verdict().culprits().stream()
          .filter(culprit -> culprit.bytes() != null && culprit.measure() == Measured.HELD)
          .forEach(culprit -> held.put(culprit.id(), culprit.bytes()));
    }
    Map<String, TestResult> tests = new HashMap<>();
    postMortem.tests().forEach(test -> tests.put(test.id(), test));
    for (Run run : postMortem.runs()) {
      for (HeapLine line : HeapLine.of(postMortem.heapSites(), run, tests::get)) {
        if (line.test() != null && line.line() != null && line.bytesInUse() > 0) {
          lines.computeIfAbsent(line.test().id(), missing -> new ArrayList<>()).add(line);
        }
      }
    }
  }

  /** Whether a JVM died, so that tests left nothing, but held something. */
  static boolean died(PostMortem postMortem) {
    return !postMortem.kills().isEmpty();
  }

  /** The largest first; of Java heap no test's peak is known. */
  List<Icicle.Root> kinds() {
    List<Icicle.Root> kinds = new ArrayList<>();
    add(kinds, MemoryKind.SQLITE, this::sqlite);
    if (!peak) {
      add(kinds, MemoryKind.JAVA_HEAP, this::heap);
    }
    add(kinds, MemoryKind.SHARED, this::shared);
    kinds.sort(Comparator.comparingLong(kind -> -kind.part().bytes()));
    return kinds;
  }

  private void add(List<Icicle.Root> kinds, MemoryKind kind, ToLongFunction<TestResult> bytes) {
    List<Part> tests = new ArrayList<>();
    for (TestResult test : postMortem.tests()) {
      long of = bytes.applyAsLong(test);
      if (of > 0) {
        String name = Names.title(test);
        List<Part> parts =
            switch (kind) {
              case SQLITE -> queries(test, of);
              case JAVA_HEAP -> lines(test, of);
              default -> List.<Part>of();
            };
        tests.add(new Part(name, of, names.link(Names.TEST, test.id()), parts));
      }
    }
    tests.sort(Comparator.comparingLong(test -> -test.bytes()));
    long sum = tests.stream().mapToLong(Part::bytes).sum();
    if (sum >= LEAST) {
      kinds.add(new Icicle.Root(kind.key(), kind.colour, new Part(kind.label, sum, null, tests)));
    }
  }

  private long sqlite(TestResult test) {
    Long bytes =
        peak
            ? Reasons.known(test.sqlite()).peakBytes()
            : Reasons.known(test.sqlite()).retainedBytes();
    return Math.max(Reasons.orZero(bytes), peak ? held.getOrDefault(test.id(), 0L) : 0);
  }

  /** Exactly where full collections bracket tests, else what samples say of its lines. */
  private long heap(TestResult test) {
    Long exact = Reasons.known(test.heap()).retainedBytes();
    return exact != null
        ? exact
        : lines.getOrDefault(test.id(), List.of()).stream().mapToLong(HeapLine::bytesInUse).sum();
  }

  /** Of an exact figure an estimate may be more: then it is left out. */
  private List<Part> lines(TestResult test, long bytes) {
    List<Part> parts = new ArrayList<>();
    long left = bytes;
    for (HeapLine line : lines.getOrDefault(test.id(), List.of())) {
      if (line.bytesInUse() <= left) {
        Link table = new Link(HeapLineView.ANCHOR, VisibleText.shorten(line.line(), LINE));
        parts.add(new Part(table.text(), line.bytesInUse(), table, List.of()));
        left -= line.bytesInUse();
      }
    }
    return parts;
  }

  private long shared(TestResult test) {
    SharedUse use = test.shared();
    return use == null ? 0 : Reasons.orZero(peak ? use.peakBytes() : use.retainedBytes());
  }

  /**
   * Queries that no other test ran, so that their bytes are this test's; never more in sum than the
   * test has. At their peaks queries of one test need not have held memory at the same time: then
   * the largest alone is told.
   */
  private List<Part> queries(TestResult test, long bytes) {
    List<Part> parts = new ArrayList<>();
    for (String id : relations.queriesOf(test.id())) {
      Query query = queries.get(id);
      if (query != null && relations.testsOf(id).equals(Set.of(test.id()))) {
        Long known =
            peak
                ? Reasons.known(query.sqlite()).peakBytes()
                : Reasons.known(query.sqlite()).retainedBytes();
        long of = Math.max(Reasons.orZero(known), peak ? held.getOrDefault(id, 0L) : 0);
        if (of > 0) {
          var link = names.link(Names.QUERY, id);
          parts.add(new Part(link.text(), of, link, List.of()));
        }
      }
    }
    parts.sort(Comparator.comparingLong(part -> -part.bytes()));
    List<Part> fitting = new ArrayList<>();
    long left = bytes;
    for (Part part : parts) {
      if (part.bytes() <= left && (!peak || fitting.isEmpty())) {
        fitting.add(part);
        left -= part.bytes();
      }
    }
    return fitting;
  }
}
