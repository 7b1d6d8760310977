// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.death.CauseOfDeath;
import io.memreport.diagnosis.death.ChildKills;
import io.memreport.diagnosis.death.Death;
import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathVerdict;
import io.memreport.diagnosis.death.Deaths;
import io.memreport.diagnosis.death.ForkTotals;
import io.memreport.diagnosis.death.LogMatch;
import io.memreport.diagnosis.death.TriggerThread;
import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.shm.Segments;
import io.memreport.diagnosis.shm.SharedMemoryExhausted;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.Quality;
import io.memreport.model.Run;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.LogEvent;
import io.memreport.model.memory.Forks;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.Shared;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies all rules and draws the verdict. */
public final class Diagnosis {
  private Diagnosis() {}

  /** Whether tests or queries left memory behind, however the runs ended. */
  public static boolean findsLeak(Facts facts) {
    return Rules.ALL.stream()
        .flatMap(rule -> rule.examine(facts).stream())
        .anyMatch(Suspicion::isHeld);
  }

  /** The post-mortem of these facts. */
  public static PostMortem of(Facts facts) {
    List<Suspicion> suspicions = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      suspicions.addAll(rule.examine(facts));
    }
    suspicions.sort(
        Comparator.comparing((Suspicion s) -> s.finding().severity())
            .thenComparing(suspicion -> suspicion.isHeld() ? 0 : 1)
            .thenComparing(Comparator.comparingLong(Suspicion::bytes).reversed()));
    List<Death> deaths = Deaths.of(facts);
    Death first = deaths.isEmpty() ? null : deaths.get(0);
    Forks forks = first == null ? null : ForkTotals.of(facts, first);
    List<Kill> kills = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Verdict verdict = first == null ? Conclusion.of(facts, suspicions) : null;
    for (Death death : deaths) {
      CauseOfDeath cause = DeathVerdict.cause(facts, death, forks);
      List<Finding> followed = findings(new DeathCase(facts, death, cause, forks));
      findings.addAll(followed);
      kills.add(kill(facts, death, cause, !followed.isEmpty()));
      if (death == first) {
        verdict = DeathVerdict.of(facts, death, cause, suspicions);
      }
    }
    List<Segment> segments = Segments.of(facts);
    // That somebody ended a JVM is no cause of it: tests that hang for a server get killed.
    if (first == null || first.kind() == VerdictKind.KILLED) {
      Verdict exhausted = SharedMemoryExhausted.verdict(facts, segments);
      verdict = exhausted == null ? verdict : exhausted;
    }
    if (first == null && verdict.kind() != VerdictKind.SHM_EXHAUSTED) {
      ChildKills.Found child = ChildKills.of(facts);
      verdict = child == null ? verdict : child.verdict();
    }
    suspicions.stream().map(Diagnosis::finding).forEach(findings::add);
    List<Finding> settings = new ArrayList<>();
    List<String> notes = new ArrayList<>(facts.quality().notes());
    for (SettingRule rule : Rules.OF_SETTINGS) {
      settings.addAll(rule.examine(facts));
      rule.undecided(facts).stream().filter(line -> !notes.contains(line)).forEach(notes::add);
    }
    Set<String> found =
        Stream.concat(findings.stream(), settings.stream())
            .map(Finding::id)
            .collect(Collectors.toSet());
    // A leak that follows from a setting has told what to do, and why.
    settings.removeIf(
        setting -> findings.stream().anyMatch(told -> told.advice().startsWith(setting.advice())));
    settings.sort(Comparator.comparing(Finding::severity));
    findings.addAll(settings);
    return new PostMortem(
        PostMortem.SCHEMA,
        verdict,
        facts.runs().stream().map(run -> withEnding(run, deaths)).toList(),
        facts.tests(),
        facts.queries(),
        facts.connections(),
        facts.pools(),
        new Shared(
            facts.shared().tightest() == null ? SharedLimits.UNKNOWN : facts.shared().tightest(),
            segments),
        facts.shared().processes(),
        facts.nativeLibraries(),
        facts.heapSites(),
        facts.allocations(),
        findings,
        new Quality(facts.quality().lostSeconds(), facts.quality().droppedEvents(), notes),
        facts.timeline(),
        kills,
        forks,
        facts.logEvents().stream()
            .map(event -> new ExplainedEvent(LogDiagnosis.explainRecorded(event, false), event))
            .toList(),
        facts.liveThreads(),
        facts.service(),
        Retentions.of(facts),
        Checks.of(facts, found, first != null));
  }

  private static Finding finding(Suspicion suspicion) {
    Finding finding = suspicion.finding();
    return finding.bytes() == null ? finding.about(suspicion.bytes()) : finding;
  }

  private static List<Finding> findings(DeathCase death) {
    return Rules.OF_DEATHS.stream().map(rule -> rule.of(death)).filter(Objects::nonNull).toList();
  }

  private static Kill kill(Facts facts, Death death, CauseOfDeath cause, boolean advised) {
    LogMatch match = death.match();
    LogEvent event = death.event();
    Instant logged = event == null ? null : LogMatch.instant(death.run(), event.at());
    return new Kill(
        death.run().id(),
        death.kind(),
        death.confidence(),
        cause.cause(),
        event == null
            ? null
            : new ExplainedEvent(LogDiagnosis.explainRecorded(event, advised), event),
        match == null ? List.of() : match.matchedBy(),
        match == null ? List.of() : match.against(),
        match == null ? null : match.secondsAfter(),
        logged == null ? death.run().endedAt() : logged,
        death.kind() == VerdictKind.OOM_KILL ? death.limitBytes() : null,
        cause.clause().isEmpty() ? null : cause.clause(),
        cause.culprits(),
        match == null || match.victim() == null ? null : match.victim().pid(),
        TriggerThread.of(facts, death));
  }

  private static Run withEnding(Run run, List<Death> deaths) {
    for (Death death : deaths) {
      if (death.run() == run) {
        Ending ending =
            switch (death.kind()) {
              case JAVA_OOM -> Ending.JAVA_OOM;
              case JVM_ABORT -> Ending.ABORT;
              default -> Ending.KILLED;
            };
        return new Run(
            run.id(),
            run.pid(),
            run.startedAt(),
            run.endedAt(),
            run.role(),
            ending,
            run.limitBytes(),
            run.memoryAtEnd(),
            run.context());
      }
    }
    return run;
  }
}
