// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.process;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A test is over, and a process that it started is not. */
public final class ProcessOutlivesTest implements Rule {
  /** A server's workers end a moment before it does. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  @Override
  public String id() {
    return "process.outlives-test";
  }

  @Override
  public String summary() {
    return "A process that a test started was alive after the test";
  }

  @Override
  public String why() {
    return "A process that nobody stops keeps its memory and its segments. An embedded PostgreSQL detaches from the"
        + " JVM: its parent is process 1, and if the JVM is killed it runs until the machine restarts. A server that"
        + " several tests share on purpose is named too, with the test that started it. Reported for each process"
        + " that was alive when the test that started it had ended, however small it is.";
  }

  private static final String STOP =
      "Stop what the test starts in a try block or in the clean-up after it; a server that tests share belongs to a class"
          + " or a suite, and is stopped when that is over.";

  @Override
  public String advice() {
    return STOP
        + " A process that still runs is ended by kill -TERM and its number; memreport shm list shows PostgreSQL servers"
        + " whose JVM is gone, with the command that stops each.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Process server = new ProcessBuilder("redis-server").start();""",
        """
        Process server = new ProcessBuilder("redis-server").start();
        try {
          check(server);
        } finally {
          server.destroy();
          server.waitFor();
        }""");
  }

  /** What to do about this one, if it still runs. */
  private static String advice(ChildProcess process) {
    if (process.endedAt() != null) {
      return STOP;
    }
    return STOP
        + (process.isPostmaster()
            ? " memreport shm list shows whether it still runs, with the command that stops it."
            : " If it still runs: kill -TERM " + process.pid() + ".");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<ChildProcess> outlived =
        facts.shared().processes().stream()
            .filter(process -> process.outlivedMillis() != null && process.test() != null)
            .toList();
    Map<String, List<ChildProcess>> byParent = new HashMap<>();
    for (ChildProcess process : outlived) {
      byParent
          .computeIfAbsent(
              process.runId() + " " + process.parentPid(), missing -> new ArrayList<>())
          .add(process);
    }
    List<ChildProcess> stayed =
        outlived.stream().filter(process -> !isLauncher(process, byParent)).toList();
    Set<String> alive = new HashSet<>();
    stayed.forEach(process -> alive.add(number(process)));
    List<Suspicion> found = new ArrayList<>();
    for (ChildProcess process : stayed) {
      TestResult test = facts.test(process.test());
      // Of a server and its workers the server is named.
      if (test != null && !alive.contains(process.runId() + " " + process.parentPid())) {
        found.add(suspicion(test, process, family(process, byParent)));
      }
    }
    return found;
  }

  /** It has gone, and what it started has not: pg_ctl, a shell. */
  private static boolean isLauncher(
      ChildProcess process, Map<String, List<ChildProcess>> byParent) {
    Set<ChildProcess> seen = new HashSet<>(List.of(process));
    Deque<ChildProcess> below = new ArrayDeque<>(seen);
    while (!below.isEmpty()) {
      for (ChildProcess child : byParent.getOrDefault(number(below.remove()), List.of())) {
        if (endedBefore(process, child)) {
          return true;
        }
        if (seen.add(child)) {
          below.add(child);
        }
      }
    }
    return false;
  }

  private static String number(ChildProcess process) {
    return process.runId() + " " + process.pid();
  }

  /** Those below it that were there with it at its end: the others had gone before. */
  private static List<ChildProcess> family(
      ChildProcess first, Map<String, List<ChildProcess>> byParent) {
    List<ChildProcess> family = new ArrayList<>(List.of(first));
    for (int i = 0; i < family.size(); i++) {
      for (ChildProcess child : byParent.getOrDefault(number(family.get(i)), List.of())) {
        // Numbers are used again: by them a process can be its own ancestor.
        if (!family.contains(child) && !endedBefore(child, first)) {
          family.add(child);
        }
      }
    }
    return family;
  }

  private static boolean endedBefore(ChildProcess one, ChildProcess other) {
    return one.endedAt() != null
        && (other.endedAt() == null || one.endedAt().isBefore(other.endedAt().minus(TOGETHER)));
  }

  private Suspicion suspicion(TestResult test, ChildProcess process, List<ChildProcess> family) {
    long bytes =
        family.stream().mapToLong(one -> one.anonBytes() == null ? 0 : one.anonBytes()).sum();
    String name =
        process.isPostmaster()
            ? "a PostgreSQL server"
            : process.program() == null ? "a process" : "the process " + process.program();
    String left =
        (process.endedAt() == null ? "left " : "kept ")
            + name
            + " running"
            + (process.endedAt() == null
                ? ""
                : " for " + Units.duration(process.outlivedMillis() * 1_000_000) + " after its end")
            + " (process "
            + process.pid()
            + (family.size() == 1 ? "" : " with " + (family.size() - 1) + " of its own")
            + ", "
            + Units.bytes(bytes)
            + ")";
    String until =
        process.endedAt() == null
            ? "it was alive when the recording ended"
            : "it ended "
                + Units.duration(process.outlivedMillis() * 1_000_000)
                + " after the test";
    String evidence =
        Names.sql(String.valueOf(process.command()))
            + ": "
            + until
            + (process.folder() == null ? "" : "; its folder is " + process.folder());
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.test(test) + " " + left,
            evidence,
            advice(process),
            test.id()),
        Cause.CHILD_PROCESSES,
        Confidence.CERTAIN,
        left,
        bytes,
        List.of(
            Names.culprit(test, bytes),
            new Culprit(
                "process",
                process.id(),
                (process.program() == null ? "process" : process.program()) + " " + process.pid(),
                bytes)),
        List.of(Names.recorded(evidence)));
  }
}
