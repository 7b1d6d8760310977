// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.heap;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.HeapSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Java objects of one test, or of what ran outside of tests, that one line allocated and that no
 * collection had freed.
 *
 * @param test null outside of tests, or where it can't be told which one
 * @param line of the application, or null if none is on the stack
 * @param via the library's frame that allocated for it, or null
 * @param sites by class, the largest first
 */
public record HeapLine(TestResult test, String line, String via, List<HeapSite> sites) {
  /** Of a heap, so much is worth a sentence. */
  public static final double TOLD = 0.1;

  /** Of a heap, so much explains why it was full. */
  public static final double EXPLAINS = 0.5;

  private static final int CLASSES = 3;

  private record Key(String test, String line, String via) {}

  /** Of one run, the largest first. */
  public static List<HeapLine> of(Facts facts, Run run) {
    return of(facts.heapSites(), run, facts::test);
  }

  /** Likewise, of what lived right after the first OutOfMemoryError; empty if that is not known. */
  public static List<HeapLine> whenExhausted(Facts facts, Run run) {
    return of(facts.exhaustions().heap(), run, facts::test);
  }

  /**
   * How much of a full heap objects can be expected to explain, if these are all: G1 gives those
   * that are larger than half a region up to twice as much.
   */
  public static long explained(List<HeapLine> lines, long heapBytes) {
    long sum = lines.stream().mapToLong(HeapLine::bytes).sum();
    return Math.min(heapBytes, Math.max(sum, heapBytes / 2));
  }

  /**
   * Of one run, the largest first.
   *
   * @param tests the test with an id, or null
   */
  public static List<HeapLine> of(List<HeapSite> all, Run run, Function<String, TestResult> tests) {
    Map<Key, List<HeapSite>> byLine = new LinkedHashMap<>();
    for (HeapSite site : all) {
      if (Objects.equals(site.runId(), run.id())) {
        byLine
            .computeIfAbsent(
                new Key(site.testId(), site.line(), site.via()), missing -> new ArrayList<>())
            .add(site);
      }
    }
    return byLine.entrySet().stream()
        .map(
            entry ->
                new HeapLine(
                    entry.getKey().test() == null ? null : tests.apply(entry.getKey().test()),
                    entry.getKey().line(),
                    entry.getKey().via(),
                    entry.getValue().stream()
                        .sorted(Comparator.comparingLong(HeapSite::bytes).reversed())
                        .toList()))
        .sorted(Comparator.comparingLong(HeapLine::bytes).reversed())
        .toList();
  }

  /** Estimated. */
  public long bytes() {
    return sites.stream().mapToLong(HeapSite::bytes).sum();
  }

  /** Of them, what a full collection has left. */
  public long bytesInUse() {
    return sites.stream().mapToLong(HeapSite::bytesInUse).sum();
  }

  /** 95 of 100 times the estimate is that near. */
  public long errorBytes() {
    return HeapSite.error(sites);
  }

  /** Whether it is such a share of a heap even if the estimate is as far off as it may be. */
  public boolean is(double share, long heapBytes) {
    return bytes() - errorBytes() >= share * heapBytes;
  }

  /** Its classes, for a sentence: {@code byte[] and java.lang.String}. */
  public String classes() {
    List<String> names =
        sites.stream().map(HeapSite::className).filter(Objects::nonNull).distinct().toList();
    if (names.isEmpty()) {
      return "objects";
    }
    if (names.size() > CLASSES) {
      return String.join(", ", names.subList(0, CLASSES - 1)) + " and others";
    }
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1);
  }

  /** As evidence: how much of what, from which line, in which test. */
  public String sentence() {
    return estimate(bytes(), errorBytes())
        + " of "
        + Names.shown(classes())
        + " that no collection had freed "
        + (line == null ? "came from " + via() : "came from " + Names.shown(line))
        + (test == null ? "" : " in " + Names.test(test));
  }

  /** Bytes with what the estimate may be off by. */
  public static String estimate(long bytes, long errorBytes) {
    return errorBytes * 100 < bytes
        ? Units.bytes(bytes)
        : Units.bytes(bytes) + " (±" + Math.round(100.0 * errorBytes / bytes) + " %)";
  }
}
