// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Allocation;
import io.memreport.model.memory.HeapSite;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Java heap by test, class and line, as a graph and as a list.
 *
 * @param id of the graph on the page
 * @param note what the bytes are, and what they rest on
 * @param tests the largest tests with their classes and lines
 * @param more how many tests are left out of the list
 */
public record HeapGraph(
    String id, String title, String note, Icicle icicle, List<Entry> tests, int more) {
  /** Less than this in all is no picture. */
  private static final long LEAST = 64 * 1024;

  private static final int LISTED = 8;
  private static final int LONGEST = 110;

  /** A line of the list. */
  public record Entry(String label, String bytes, Link row, List<Entry> parts) {}

  /** Bytes of one test, class and line, as they are known. */
  private record Piece(String test, String className, String line, long bytes) {}

  /** Of what lived at the end, and of what was allocated; those that are known. */
  public static List<HeapGraph> of(PostMortem postMortem, Names names) {
    return Stream.of(live(postMortem, names), allocated(postMortem, names))
        .filter(graph -> graph != null)
        .toList();
  }

  private static HeapGraph live(PostMortem postMortem, Names names) {
    List<HeapSite> sites = postMortem.heapSites();
    List<Piece> pieces =
        sites.stream()
            .map(site -> new Piece(site.testId(), site.className(), site.line(), site.bytes()))
            .toList();
    long samples = sites.stream().mapToLong(HeapSite::samples).sum();
    return graph(
        "heap-live",
        "Live at the end",
        "What no collection had freed at the end, estimated from "
            + objects(samples)
            + "; without a full collection some of it may be garbage.",
        "of no single test",
        pieces,
        postMortem,
        names);
  }

  private static HeapGraph allocated(PostMortem postMortem, Names names) {
    List<Allocation> rows = postMortem.allocations();
    List<Piece> pieces =
        rows.stream()
            .map(row -> new Piece(row.testId(), row.className(), row.line(), row.bytes()))
            .toList();
    long samples = rows.stream().mapToLong(Allocation::samples).sum();
    return graph(
        "heap-allocated",
        "Allocated",
        "All that was allocated, whether it was freed or not, estimated from "
            + objects(samples)
            + "; of a test, what its own thread allocated.",
        "outside of tests",
        pieces,
        postMortem,
        names);
  }

  private static String objects(long samples) {
    return String.format(Locale.ROOT, "%,d", samples)
        + (samples == 1 ? " sampled object" : " sampled objects");
  }

  private static HeapGraph graph(
      String id,
      String title,
      String note,
      String nobody,
      List<Piece> pieces,
      PostMortem postMortem,
      Names names) {
    Map<String, TestResult> tests = new HashMap<>();
    postMortem.tests().forEach(test -> tests.put(test.id(), test));
    List<Part> byTest =
        parts(
            pieces,
            piece -> tests.containsKey(piece.test()) ? piece.test() : "",
            (test, of) -> test(tests.get(test), of, nobody, names));
    Part all = new Part("Java heap", sum(byTest), null, byTest);
    if (all.bytes() < LEAST) {
      return null;
    }
    MemoryKind heap = MemoryKind.JAVA_HEAP;
    return new HeapGraph(
        id,
        title,
        note,
        Icicle.of(List.of(new Icicle.Root(heap.key(), heap.colour, all))),
        byTest.stream().limit(LISTED).map(HeapGraph::entry).toList(),
        Math.max(0, byTest.size() - LISTED));
  }

  private static Part test(TestResult test, List<Piece> pieces, String nobody, Names names) {
    List<Part> classes =
        parts(
            pieces,
            piece -> piece.className() == null ? "" : piece.className(),
            HeapGraph::ofClass);
    return test == null
        ? new Part(nobody, sum(classes), null, classes)
        : new Part(Names.title(test), sum(classes), names.link(Names.TEST, test.id()), classes);
  }

  private static Part ofClass(String name, List<Piece> pieces) {
    List<Part> lines =
        parts(
            pieces,
            piece -> piece.line() == null ? "" : piece.line(),
            (line, of) ->
                new Part(
                    line.isEmpty() ? "no line of the application" : shown(line),
                    of.stream().mapToLong(Piece::bytes).sum(),
                    null,
                    List.of()));
    return new Part(name.isEmpty() ? "unknown class" : shown(name), sum(lines), null, lines);
  }

  /** The largest first. */
  private static List<Part> parts(
      List<Piece> pieces, Function<Piece, String> by, BiFunction<String, List<Piece>, Part> part) {
    Map<String, List<Piece>> groups = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      groups.computeIfAbsent(by.apply(piece), missing -> new ArrayList<>()).add(piece);
    }
    return groups.entrySet().stream()
        .map(group -> part.apply(group.getKey(), group.getValue()))
        .sorted(Comparator.comparingLong(Part::bytes).reversed())
        .toList();
  }

  private static long sum(List<Part> parts) {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  private static String shown(String text) {
    return VisibleText.shorten(VisibleText.line(text), LONGEST);
  }

  private static Entry entry(Part part) {
    return new Entry(
        part.label(),
        Units.bytes(part.bytes()),
        part.row(),
        part.parts().stream().limit(LISTED).map(HeapGraph::entry).toList());
  }
}
