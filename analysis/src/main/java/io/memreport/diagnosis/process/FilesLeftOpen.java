// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.process;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files, sockets and pipes that a test opened and nobody closed. */
public final class FilesLeftOpen implements Rule {
  /** A pool of connections and a server's sockets are fewer. */
  public static final long LEAST = 64;

  /** The database, its write-ahead log and the index of that. */
  private static final int FILES_OF_CONNECTION = 3;

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST);
  }

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
        + " or more open when all had been collected, which closes what nobody reaches any more: counted after each test"
        + " (leaks=gc), or at the end of the run, if a test opened half of them. Jars of the class path are not"
        + " counted.";
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
        String evidence =
            "After a full collection " + left + " more descriptors were open than before the test";
        found.add(suspicion(test, left, evidence, Confidence.CERTAIN));
      }
    }
    for (Run run : facts.runs()) {
      LastCollection last = facts.boundaries().last(run.id());
      boolean eachIsKnown =
          facts.tests().stream()
              .anyMatch(
                  test ->
                      test.runId().equals(run.id()) && facts.filesLeft().containsKey(test.id()));
      if (last != null && last.filesLeft() != null && !eachIsKnown) {
        atEnd(facts, run, last).ifPresent(found::add);
      }
    }
    return found;
  }

  /**
   * Of files that were open at the end the test that had opened half of them; any of the jars that
   * were opened may have been in its time.
   */
  private Optional<Suspicion> atEnd(Facts facts, Run run, LastCollection last) {
    List<Growth.Point> points = new ArrayList<>();
    for (Boundary at : facts.boundaries().of(run.id(), Boundary::openFiles)) {
      points.add(new Growth.Point(at.at(), at.openFiles()));
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    long jars = last.jarsOpened() == null ? 0 : Math.max(0, last.jarsOpened());
    points.add(new Growth.Point(last.at(), points.get(0).bytes() + last.filesLeft() + jars));
    Growth growth = Growth.least(facts, run, points);
    return growth == null
        ? Optional.empty()
        : growth
            .sharesWithout(test -> jars + ofConnections(facts, test), test -> Long.MAX_VALUE)
            .stream()
            .findFirst()
            .filter(share -> share.bytes() >= LEAST && 2 * share.bytes() >= last.filesLeft())
            .map(
                share ->
                    suspicion(
                        share.test(),
                        Math.min(share.bytes(), last.filesLeft()),
                        last.filesLeft()
                            + " more descriptors were open after the last test, when all had been collected, than before"
                            + " the first one",
                        Confidence.LIKELY));
  }

  /** What connections hold that were not closed is their own finding. */
  private static long ofConnections(Facts facts, TestResult test) {
    return FILES_OF_CONNECTION
        * facts.connections().stream()
            .filter(one -> test.id().equals(one.test()) && one.closedAt() == null)
            .count();
  }

  private Suspicion suspicion(TestResult test, long count, String evidence, Confidence confidence) {
    String left = "left " + count + " files or sockets open";
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.test(test) + " " + left, evidence, advice(), test.id()),
        Cause.NONE,
        confidence,
        left,
        0,
        List.of(Names.culprit(test, null)),
        List.of(Names.recorded(evidence)));
  }
}
