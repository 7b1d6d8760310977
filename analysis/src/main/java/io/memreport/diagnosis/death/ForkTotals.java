// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.TestGrowth;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Facts;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Adds up what several runs held when one of them died. */
public final class ForkTotals {
  /** A run that was sampled this shortly before is alive. */
  private static final Duration ALIVE = Duration.ofSeconds(2);

  private ForkTotals() {}

  /** Null if no other run was alive under the same limit. */
  public static Forks of(Facts facts, Death death) {
    Run victim = death.run();
    Samples ofVictim = Samples.of(facts, victim);
    if (ofVictim.last() == null) {
      return null;
    }
    Instant at = ofVictim.last().at();
    List<ForkShare> shares = new ArrayList<>();
    long largestPeak = 0;
    long elsewhere = 0;
    long tools = 0;
    for (Run run : facts.runs()) {
      boolean together =
          !run.isSupervisor()
              && Objects.equals(run.context().cgroupPath(), victim.context().cgroupPath())
              && Objects.equals(run.limitBytes(), victim.limitBytes());
      ForkShare share = together ? share(facts, run, at) : null;
      if (share != null && !isFork(run) && run != victim) {
        tools += share.heldBytes();
      } else if (share != null) {
        shares.add(share);
        largestPeak = Math.max(largestPeak, share.peakBytes());
        elsewhere = Math.max(elsewhere, elsewhere(facts, run));
      }
    }
    if (shares.size() < 2) {
      return null;
    }
    shares.sort(Comparator.comparing(ForkShare::heldBytes).reversed());
    long sum = shares.stream().mapToLong(ForkShare::heldBytes).sum();
    Long limit =
        victim.limitBytes() == null ? victim.context().machineBytes() : victim.limitBytes();
    return new Forks(
        at,
        victim.id(),
        limit,
        ofVictim.last().cgroupBytes(),
        sum,
        limit == null || largestPeak == 0
            ? null
            : Integer.valueOf(
                (int)
                    (Math.max(0, limit - others(death, shares, tools) - elsewhere) / largestPeak)),
        List.copyOf(shares),
        limit == null ? List.of() : apart(facts, shares, limit / shares.size()));
  }

  /** What few forks share is divided among fewer: the whole of it is needed once. */
  private static long elsewhere(Facts facts, Run run) {
    Long bytes = Samples.of(facts, run).last().mappedElsewhereBytes();
    return bytes == null ? 0 : bytes;
  }

  /** The build tool is there once, however many forks it starts. */
  public static boolean isFork(Run run) {
    return run.role() != Role.BUILD_TOOL && run.role() != Role.COMPILER;
  }

  /**
   * What processes that are no forks held beside them, by the kernel's table if there is one.
   *
   * @param tools what the build tool held by its own samples
   */
  private static long others(Death death, List<ForkShare> shares, long tools) {
    TaskTable tasks = death.event() == null ? null : death.event().tasks();
    if (tasks == null) {
      return tools;
    }
    Victim victim = death.match().victim();
    return tasks.largest().stream()
        .filter(row -> victim == null || !row.pid().equals(victim.pid()))
        .filter(row -> shares.stream().noneMatch(share -> row.pid().equals(share.pid())))
        .mapToLong(row -> row.anonBytes() == null ? row.heldBytes() : row.anonBytes())
        .sum();
  }

  private static ForkShare share(Facts facts, Run run, Instant at) {
    Samples samples = Samples.of(facts, run);
    MemorySample then = samples.at(at);
    boolean alive =
        then != null
            && then.rssBytes() != null
            && !then.at().isAfter(at)
            && Duration.between(then.at(), at).compareTo(ALIVE) <= 0;
    if (!alive) {
      return null;
    }
    long peak =
        samples.all().stream()
            .mapToLong(sample -> sample.rssBytes() == null ? 0 : sample.shareOfBytes())
            .max()
            .orElse(0);
    return new ForkShare(
        run.id(), run.pid(), then.shareOfBytes(), peak, run.endedAt(), running(facts, run, at));
  }

  private static List<String> running(Facts facts, Run run, Instant at) {
    return facts.timeline().spans().stream()
        .filter(span -> run.id().equals(span.runId()))
        .filter(span -> !span.from().isAfter(at) && !end(facts, span).isBefore(at))
        .map(TestSpan::testId)
        .filter(id -> facts.test(id) != null && !facts.test(id).isFixture())
        .toList();
  }

  private static Instant end(Facts facts, TestSpan span) {
    TestResult test = facts.test(span.testId());
    boolean unfinished =
        test == null || test.status() == TestStatus.RUNNING_AT_END || span.to() == null;
    return unfinished ? Instant.MAX : span.to();
  }

  /** Tests that take more than their run may have. */
  private static List<String> apart(Facts facts, List<ForkShare> shares, long each) {
    List<String> apart = new ArrayList<>();
    for (Run run : facts.runs()) {
      if (shares.stream().anyMatch(share -> share.runId().equals(run.id()))) {
        TestGrowth.of(facts, run, MemorySample::rssBytes).stream()
            .filter(growth -> growth.test() != null && !growth.isFixture())
            .filter(growth -> growth.least() > each / 2)
            .forEach(growth -> apart.add(growth.test().id()));
      }
    }
    return apart.stream().distinct().toList();
  }
}
