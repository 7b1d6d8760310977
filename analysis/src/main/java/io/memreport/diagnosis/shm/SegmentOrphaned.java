// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A test's processes ended and left their segments behind. */
public final class SegmentOrphaned implements Rule {
  static final String ADVICE =
      "memreport shm list shows what is still there, memreport shm clean --yes removes it once it is proven"
          + " that nobody uses it. Stop servers in order, in an @AfterAll method or a try block: killed ones"
          + " never take their segments along, and a new server in another folder does not either.";

  @Override
  public String id() {
    return "shm.orphans";
  }

  @Override
  public String summary() {
    return "Segments of shared memory stayed behind when their processes ended";
  }

  @Override
  public String why() {
    return "A System V segment outlives every process: shmctl(2). PostgreSQL makes one of 56 bytes for each server,"
        + " as a lock on its data directory, and removes it when it stops in order; after a SIGKILL it stays, and"
        + " so do its files in /dev/shm. Each takes one of kernel.shmmni ids, of which macOS has 32 for the whole"
        + " machine, and when none is left no server starts: No space left on device. Reported for each segment"
        + " that was made while the run lived, to which nobody is attached, and whose maker has ended.";
  }

  @Override
  public String advice() {
    return ADVICE;
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        @AfterEach
        void kill() {
          server.process().destroyForcibly(); // its segment and its files in /dev/shm stay
        }""",
        """
        @AfterEach
        void stop() {
          server.stop(); // as pg_ctl stop: the server removes them itself
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    Map<String, List<Segment>> byTest = new LinkedHashMap<>();
    for (Segment segment : Segments.of(facts)) {
      if (segment.state().equals(Segments.ORPHAN) && !segment.earlier()) {
        byTest.computeIfAbsent(segment.test(), missing -> new ArrayList<>()).add(segment);
      }
    }
    List<Suspicion> found = new ArrayList<>();
    byTest.forEach((test, orphans) -> found.add(suspicion(facts, test, orphans)));
    return found;
  }

  private Suspicion suspicion(Facts facts, String testId, List<Segment> orphans) {
    TestResult test = testId == null ? null : facts.test(testId);
    long ids = orphans.stream().filter(one -> one.kind().equals(Segments.SYSV)).count();
    long files = orphans.size() - ids;
    long bytes = orphans.stream().mapToLong(one -> one.bytes() == null ? 0 : one.bytes()).sum();
    String what = counted(ids, files) + " (" + Units.bytes(bytes) + ")";
    String who = test != null ? Names.test(test) : "A process outside the tests";
    List<String> each = new ArrayList<>();
    List<Culprit> culprits = new ArrayList<>();
    if (test != null) {
      culprits.add(Names.culprit(test, bytes));
    } else {
      culprits.add(new Culprit("process", "outside", who, bytes));
    }
    for (Segment one : orphans) {
      each.add(name(one));
      culprits.add(
          new Culprit("segment", one.id(), one.kind() + " segment " + one.id(), one.bytes()));
    }
    String evidence =
        "Nobody is attached, and whoever made them has ended: " + shortened(each) + limits(facts);
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            who + " left " + what + " behind",
            evidence,
            advice(),
            test == null ? null : test.id()),
        Cause.SHARED_MEMORY,
        Confidence.CERTAIN,
        "left " + what + " behind",
        bytes,
        culprits,
        List.of(Names.recorded(evidence)));
  }

  static String name(Segment segment) {
    return segment.id()
        + (segment.creatorPid() == null ? "" : " of process " + segment.creatorPid());
  }

  static String counted(long ids, long files) {
    List<String> parts = new ArrayList<>();
    if (ids > 0) {
      parts.add(ids == 1 ? "a System V segment" : ids + " System V segments");
    }
    if (files > 0) {
      parts.add(files == 1 ? "a file in /dev/shm" : files + " files in /dev/shm");
    }
    return String.join(" and ", parts);
  }

  static String shortened(List<String> names) {
    int shown = Math.min(names.size(), 10);
    return String.join(", ", names.subList(0, shown))
        + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
  }

  static String limits(Facts facts) {
    SharedLimits limits = facts.shared().tightest();
    return limits == null || limits.shmmni() == null || limits.idsPeak() == null
        ? ""
        : "; at most " + limits.idsPeak() + " of " + limits.shmmni() + " ids were taken at once";
  }
}
