// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.death.ForkTotals;
import io.memreport.diagnosis.fix.BuildFix;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.memory.Forks;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Severity;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Several JVMs that do not fit one limit together. */
public final class ParallelForksDeath implements DeathRule {
  private static final int NAMED = 3;

  @Override
  public String id() {
    return "oom.parallel-forks";
  }

  @Override
  public String summary() {
    return "A JVM was killed because several forks together outgrew their limit";
  }

  @Override
  public String why() {
    return "Each fork of a build is a JVM with a heap, classes and native memory of its own, and none"
        + " knows of the others. Which one is killed is chance: the one that was largest at that"
        + " instant."
        + " Reported if the forks held half of what their cgroup used or more, and the one that died 65 % at most.";
  }

  @Override
  public String advice() {
    return "Run fewer forks at a time. Run the largest tests in their own fork, or raise the limit.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.xml(
        """
        <forkCount>4</forkCount>   <!-- of 300 MiB each, under a limit of 640 MiB -->""",
        "<forkCount>2</forkCount>");
  }

  @Override
  public Fix example() {
    return BuildFix.forks(4, 2);
  }

  @Override
  public Finding of(DeathCase death) {
    Forks forks = death.forks();
    boolean first = forks != null && forks.victim().equals(death.run().id());
    if (!first || !death.isKillBy(Cause.PARALLEL_FORKS)) {
      return null;
    }
    int count = forks.shares().size();
    return new Finding(
        id(),
        Severity.CRITICAL,
        count + " forks together held " + Units.bytes(forks.sumBytes()) + " " + death.whenKilled(),
        need(forks),
        instruction(forks) + apart(death.facts(), forks),
        death.run().id(),
        forks.sumBytes(),
        fix(death.facts(), forks));
  }

  /** Of the forks alone: the build tool may be the one that died. Null where one is left. */
  private static Fix fix(Facts facts, Forks forks) {
    int count =
        (int)
            facts.runs().stream()
                .filter(ForkTotals::isFork)
                .filter(
                    run -> forks.shares().stream().anyMatch(one -> one.runId().equals(run.id())))
                .count();
    return count < 2 ? null : BuildFix.forks(count, Math.min(fit(forks), count - 1));
  }

  private static String need(Forks forks) {
    int count = forks.shares().size();
    String need =
        count
            + " forks as large as the largest, which held "
            + Units.bytes(forks.needBytes() / count)
            + " at its peak, need "
            + Units.bytes(forks.needBytes());
    return forks.limitBytes() == null
        ? need
        : need
            + "; the limit is "
            + Units.bytes(forks.limitBytes())
            + (forks.wouldFit() == null
                ? ""
                : forks.wouldFit() == 0 ? "; not even one fits" : "; " + forks.wouldFit() + " fit");
  }

  private static int fit(Forks forks) {
    int fewer = forks.shares().size() - 1;
    return forks.wouldFit() == null ? fewer : Math.max(1, Math.min(forks.wouldFit(), fewer));
  }

  private static String instruction(Forks forks) {
    int fit = fit(forks);
    String limit = Units.bytes((long) Math.ceil(forks.needBytes() / DeathCase.PLANNED));
    return "Run "
        + (fit == 1 ? "one fork" : fit + " forks")
        + " at a time, or raise the limit to "
        + limit
        + " for all "
        + forks.shares().size()
        + ".";
  }

  private static String apart(Facts facts, Forks forks) {
    List<String> names =
        forks.apart().stream()
            .map(facts::test)
            .filter(Objects::nonNull)
            .map(Names::test)
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return "";
    }
    int more = Math.max(0, names.size() - NAMED);
    return " Run the largest tests in their own fork: "
        + names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "")
        + ".";
  }
}
