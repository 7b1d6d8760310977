// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who held the Java heap of a run that died. Samples of its objects know the test and the line of
 * each, on every thread; where there are none the growth of the process must do.
 */
public final class HeapHolders {
  private static final int LINES = 3;

  private HeapHolders() {}

  public static Holders of(Facts facts, Run run, long heldBytes) {
    Holders grown = Holders.of(facts, run, MemorySample::javaHeapBytes, heldBytes);
    List<HeapLine> lines = HeapLine.of(facts, run);
    long enough = Holders.explained(facts, run, MemorySample::javaHeapBytes, heldBytes);
    Map<TestResult, List<HeapSite>> byTest = new LinkedHashMap<>();
    for (HeapLine line : lines) {
      if (line.test() != null) {
        byTest.computeIfAbsent(line.test(), missing -> new ArrayList<>()).addAll(line.sites());
      }
    }
    for (Map.Entry<TestResult, List<HeapSite>> entry : byTest.entrySet()) {
      long bytes = bytes(entry.getValue());
      if (bytes - HeapSite.error(entry.getValue()) >= enough) {
        TestResult test = entry.getKey();
        return new Holders(
            List.of(Names.culprit(test, Math.min(bytes, heldBytes))),
            Names.test(test),
            sentences(lines.stream().filter(line -> test.equals(line.test())).toList(), heldBytes));
      }
    }
    long known = lines.stream().mapToLong(HeapLine::bytes).sum();
    boolean contradicted =
        known >= enough
            && grown.culprits().stream()
                .filter(culprit -> culprit.type().equals("test"))
                .anyMatch(culprit -> mostOf(byTest, facts.test(culprit.id())) < enough / 2);
    return contradicted
        ? new Holders(List.of(), Holders.JVM, sentences(lines, heldBytes))
        : grown.because(sentences(lines, heldBytes));
  }

  private static long mostOf(Map<TestResult, List<HeapSite>> byTest, TestResult test) {
    List<HeapSite> sites = byTest.getOrDefault(test, List.of());
    return bytes(sites) + HeapSite.error(sites);
  }

  private static long bytes(List<HeapSite> sites) {
    return sites.stream().mapToLong(HeapSite::bytes).sum();
  }

  private static List<Evidence> sentences(List<HeapLine> lines, long heldBytes) {
    return lines.stream()
        .filter(line -> line.line() != null || line.via() != null)
        .filter(line -> line.is(HeapLine.TOLD, heldBytes))
        .limit(LINES)
        .map(HeapLine::sentence)
        .map(Names::recorded)
        .toList();
  }
}
