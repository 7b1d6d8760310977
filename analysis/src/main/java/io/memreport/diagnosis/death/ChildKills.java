// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.ProcessNames;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Processes that a JVM had started and the kernel killed for their memory, while the JVM lived. */
public final class ChildKills {
  /** What Java and shells make of an end by SIGKILL: 128 and the number of the signal. */
  private static final long KILLED = 137;

  /** A log's clock and ours are this far apart at most, on one machine. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** Whoever waited for a process ends that soon after it. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final int SHOWN = 5;

  private ChildKills() {}

  /**
   * Such a kill.
   *
   * @param advice what to do about it in numbers, or null if none are known
   */
  public record Found(Verdict verdict, String advice) {}

  /**
   * The verdict on runs that nothing else ended.
   *
   * @return null if the kernel killed none. That a process ended by SIGKILL is not enough: {@code
   *     Process.destroyForcibly} does that too. The kernel's counter of the cgroup must have
   *     counted, or a log must name the process.
   */
  public static Found of(Facts facts) {
    for (Run run : facts.runs()) {
      List<ChildProcess> ended =
          facts.shared().processes().stream()
              .filter(process -> run.id().equals(process.runId()))
              .filter(process -> process.endedAt() != null)
              .filter(process -> process.exitStatus() == null || process.exitStatus() == KILLED)
              .sorted(Comparator.comparingLong(ChildKills::peak).reversed())
              .toList();
      Found found = ofLog(facts, run, ended);
      found = found == null ? ofCounter(facts, run, ended) : found;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** How many the kernel's counter says were killed; of runs in one cgroup each counts all. */
  public static long counted(Facts facts) {
    return facts.runs().stream()
        .mapToLong(run -> KillCount.of(facts, run).stream().mapToLong(KillCount::kills).sum())
        .max()
        .orElse(0);
  }

  private static Found ofLog(Facts facts, Run run, List<ChildProcess> ended) {
    for (LogEvent event : facts.logEvents()) {
      if (event.kind() != EventKind.OOM_KILL) {
        continue;
      }
      List<ChildProcess> victims =
          ended.stream().filter(process -> isVictim(run, event, process)).toList();
      if (!victims.isEmpty()) {
        Instant at = LogMatch.instant(run, event.at());
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(LogDiagnosis.explain(event).headline(), "kernel-log", at));
        // Numbers of processes are used again: without a time it may have been another.
        Confidence confidence = at == null ? Confidence.LIKELY : Confidence.CERTAIN;
        return found(
            facts, run, event.killer().label(), victims, confidence, evidence, run.limitBytes());
      }
    }
    return null;
  }

  private static boolean isVictim(Run run, LogEvent event, ChildProcess process) {
    boolean named =
        event.victims().stream().anyMatch(victim -> Objects.equals(victim.pid(), process.pid()));
    Instant at = LogMatch.instant(run, event.at());
    return named
        && (at == null || Duration.between(at, process.endedAt()).abs().compareTo(SKEW) <= 0);
  }

  private static Found ofCounter(Facts facts, Run run, List<ChildProcess> ended) {
    List<KillCount> counts = KillCount.of(facts, run);
    long kills = counts.stream().mapToLong(KillCount::kills).sum();
    if (kills == 0) {
      return null;
    }
    KillCount last = counts.get(counts.size() - 1);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            "The kernel's counter of OOM kills in this cgroup (memory.events) rose by "
                + kills
                + (run.isSupervisor() ? " while the command ran" : " while the JVM lived")
                + (last.limitBytes() == null
                    ? ""
                    : "; its limit is " + Units.bytes(last.limitBytes())),
            "recording",
            last.to()));
    if (run.isSupervisor()) {
      return ofSupervised(facts, run, ended, evidence, last.limitBytes());
    }
    List<ChildProcess> said =
        ended.stream().filter(process -> process.exitStatus() != null).toList();
    if (said.isEmpty()) {
      return null;
    }
    List<ChildProcess> killed =
        said.stream().map(process -> victim(process, ended)).distinct().toList();
    // More that ended by SIGKILL than the kernel killed: some were ended by somebody else.
    boolean all = said.size() <= kills && said.equals(killed);
    return found(
        facts,
        run,
        null,
        killed.subList(0, (int) Math.min(kills, killed.size())),
        all ? Confidence.CERTAIN : Confidence.LIKELY,
        evidence,
        last.limitBytes());
  }

  /**
   * The process that was killed, where another one tells of it: a shell that waits for a command
   * ends with the command's status, soon after it.
   */
  private static ChildProcess victim(ChildProcess told, List<ChildProcess> ended) {
    return ended.stream()
        .filter(other -> other.exitStatus() == null && isBelow(other, told, ended))
        .filter(
            other -> Duration.between(other.endedAt(), told.endedAt()).abs().compareTo(SOON) <= 0)
        .filter(other -> peak(other) > peak(told))
        .max(Comparator.comparingLong(ChildKills::peak))
        .orElse(told);
  }

  private static boolean isBelow(ChildProcess process, ChildProcess above, List<ChildProcess> all) {
    ChildProcess at = process;
    for (int i = 0; at != null && i < all.size(); i++) {
      long parent = at.parentPid();
      if (parent == above.pid()) {
        return true;
      }
      at = all.stream().filter(other -> other.pid() == parent).findFirst().orElse(null);
    }
    return false;
  }

  private static Found ofSupervised(
      Facts facts, Run run, List<ChildProcess> ended, List<Evidence> evidence, Long limitBytes) {
    List<SupervisedKills> kills = SupervisedKills.of(facts, run, ended);
    List<ChildProcess> victims =
        kills.stream().flatMap(one -> one.victims().stream()).distinct().toList();
    if (victims.isEmpty()) {
      List<ChildProcess> candidates = kills.isEmpty() ? List.of() : kills.get(0).candidates();
      return undecided(facts, run, candidates, evidence, limitBytes);
    }
    boolean sure = kills.stream().allMatch(SupervisedKills::sure);
    return found(
        facts,
        run,
        null,
        victims,
        sure ? Confidence.CERTAIN : Confidence.LIKELY,
        evidence,
        limitBytes);
  }

  /** None was seen to go, or several were gone at once, of which any may have been killed. */
  private static Found undecided(
      Facts facts,
      Run run,
      List<ChildProcess> candidates,
      List<Evidence> evidence,
      Long limitBytes) {
    candidates.stream().limit(SHOWN).forEach(candidate -> evidence.add(said(candidate)));
    Workers workers =
        candidates.isEmpty() ? null : Workers.of(facts, run, candidates.get(0), limitBytes);
    if (workers != null) {
      evidence.add(Names.recorded(workers.said(limitBytes)));
    }
    Verdict verdict =
        new Verdict(
            VerdictKind.OOM_KILL,
            null,
            Cause.CHILD_PROCESSES,
            Confidence.LIKELY,
            candidates.isEmpty()
                ? "The kernel killed a process of this cgroup for its memory; it was not seen to go."
                : Headline.of(
                    "The kernel killed one of ",
                    Integer.toString(candidates.size()),
                    "processes that were gone at that moment for its memory",
                    0),
            List.of(),
            List.copyOf(evidence),
            List.of("which of them it was: the kernel's log tells, dmesg or journalctl -k"));
    return new Found(verdict, workers == null ? null : workers.advice(limitBytes));
  }

  private static Found found(
      Facts facts,
      Run run,
      String killer,
      List<ChildProcess> victims,
      Confidence confidence,
      List<Evidence> evidence,
      Long limitBytes) {
    Workers workers = Workers.of(facts, run, victims.get(0), limitBytes);
    if (workers != null) {
      evidence.add(Names.recorded(workers.said(limitBytes)));
    }
    return new Found(
        verdict(facts, killer, victims, confidence, evidence),
        workers == null ? null : workers.advice(limitBytes));
  }

  private static Verdict verdict(
      Facts facts,
      String killer,
      List<ChildProcess> victims,
      Confidence confidence,
      List<Evidence> evidence) {
    ChildProcess first = victims.get(0);
    TestResult test = first.test() == null ? null : facts.test(first.test());
    List<Culprit> culprits = new ArrayList<>();
    for (ChildProcess victim : victims) {
      culprits.add(
          new Culprit("process", victim.id(), ProcessNames.of(victim), victim.peakAnonBytes()));
      TestResult starter = victim.test() == null ? null : facts.test(victim.test());
      if (starter != null && culprits.stream().noneMatch(c -> c.id().equals(starter.id()))) {
        culprits.add(Names.culprit(starter, victim.peakAnonBytes()));
      }
    }
    victims.stream().limit(SHOWN).forEach(victim -> evidence.add(said(victim)));
    return new Verdict(
        VerdictKind.OOM_KILL,
        killer,
        Cause.CHILD_PROCESSES,
        confidence,
        test == null
            ? Headline.of(
                "The kernel killed ", ProcessNames.of(first), "for its memory", victims.size() - 1)
            : Headline.of(
                "The kernel killed " + ProcessNames.of(first) + ", which ",
                Names.test(test),
                "had started",
                victims.size() - 1),
        List.copyOf(culprits),
        List.copyOf(evidence),
        List.of());
  }

  private static Evidence said(ChildProcess victim) {
    return new Evidence(
        Names.sql(ProcessNames.of(victim))
            + " ended"
            + (victim.exitStatus() == null ? "" : " by SIGKILL (status " + KILLED + ")")
            + (victim.peakAnonBytes() == null
                ? ""
                : " after it had held up to " + Units.bytes(victim.peakAnonBytes())),
        "recording",
        victim.endedAt());
  }

  private static long peak(ChildProcess process) {
    return process.peakAnonBytes() == null ? 0 : process.peakAnonBytes();
  }
}
