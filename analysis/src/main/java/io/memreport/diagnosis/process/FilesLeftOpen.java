// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.process;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;

/** Files, sockets and pipes that a test opened and nobody closed. */
public final class FilesLeftOpen implements Rule {
  /** A pool of connections and a server's sockets are fewer. */
  public static final long LEAST = 64;

  /** The database, its write-ahead log and the index of that. */
  private static final int FILES_OF_CONNECTION = 3;

  @Override
  public String id() {
    return "process.files-left-open";
  }

  @Override
  public String summary() {
    return "A test left files or sockets open";
  }

  @Override
  public String why() {
    return "Each open file, socket or pipe takes one of the process's descriptors (ulimit -n, often 1024) and kernel"
        + " memory that no heap shows. memreport reports tests that left "
        + LEAST
        + " or more open, counted after full collections (leaks=gc), which close what nobody reaches any more; jars of"
        + " the class path are not counted.";
  }

  @Override
  public String advice() {
    return "Open streams, channels and sockets in a try-with-resources block; ls -l /proc/PID/fd shows what is open.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        "return Files.lines(file).findFirst();",
        """
        try (Stream<String> lines = Files.lines(file)) {
          return lines.findFirst();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (TestResult test : facts.tests()) {
      long left = facts.filesLeft().getOrDefault(test.id(), 0L) - ofConnections(facts, test);
      if (left >= LEAST) {
        found.add(suspicion(test, left));
      }
    }
    return found;
  }

  /** What connections hold that were not closed is their own finding. */
  private static long ofConnections(Facts facts, TestResult test) {
    return FILES_OF_CONNECTION
        * facts.connections().stream()
            .filter(one -> test.id().equals(one.test()) && one.closedAt() == null)
            .count();
  }

  private Suspicion suspicion(TestResult test, long count) {
    String left = "left " + count + " files or sockets open";
    String evidence =
        "After a full collection " + count + " more descriptors were open than before the test";
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.NONE,
        Confidence.CERTAIN,
        left,
        0,
        List.of(Names.culprit(test, null)),
        List.of(Names.recorded(evidence)));
  }
}
