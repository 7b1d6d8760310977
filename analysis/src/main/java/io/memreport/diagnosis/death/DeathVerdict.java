// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogSign;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says of a run that did not end in peace who ended it, why, and what held the memory. */
public final class DeathVerdict {
  private static final Duration AROUND = Duration.ofMinutes(2);

  /** Of less than this nobody asks where it came from between the last sample and the end. */
  private static final long UNSEEN_BYTES = 1 << 20;

  private final Facts facts;
  private final Death death;
  private final CauseOfDeath cause;
  private final List<Evidence> evidence = new ArrayList<>();

  private DeathVerdict(Facts facts, Death death, CauseOfDeath cause) {
    this.facts = facts;
    this.death = death;
    this.cause = cause;
  }

  /** What held the memory of a run that died of a lack of it; of others nothing is said. */
  public static CauseOfDeath cause(Facts facts, Death death, Forks forks) {
    return switch (death.kind()) {
      case OOM_KILL -> CauseOfDeath.of(facts, death, forks);
      case JAVA_OOM -> {
        Throwers throwers = Throwers.of(facts, death.run(), javaCause(death));
        yield throwers == null
            ? CauseOfDeath.of(javaCause(death), running(facts, death.run()), List.of())
            : CauseOfDeath.of(javaCause(death), throwers);
      }
      case JVM_ABORT -> CauseOfDeath.of(Cause.NONE, running(facts, death.run()), List.of());
      default ->
          CauseOfDeath.of(
              death.event() == null && death.reasons().isEmpty() ? Cause.UNKNOWN : Cause.NONE,
              running(facts, death.run()),
              List.of());
    };
  }

  public static Verdict of(
      Facts facts, Death death, CauseOfDeath cause, List<Suspicion> suspicions) {
    return new DeathVerdict(facts, death, cause).verdict(suspicions);
  }

  private static Cause javaCause(Death death) {
    String words =
        String.join(" ", death.reasons())
            + (death.event() == null ? "" : " " + death.event().constraint());
    if (words.contains("direct buffer") || words.contains("of direct memory")) {
      return Cause.DIRECT_BUFFERS;
    }
    if (words.contains("Metaspace") || words.contains("class space")) {
      return Cause.METASPACE;
    }
    return words.contains("native thread") ? Cause.THREADS : Cause.JAVA_HEAP;
  }

  private static List<Culprit> running(Facts facts, Run run) {
    return Deaths.runningAtEnd(facts, run).stream().map(test -> Names.culprit(test, null)).toList();
  }

  private Verdict verdict(List<Suspicion> suspicions) {
    String headline = headline();
    if (!sentence().equals(headline)) {
      add(sentence(), "recording", death.run().endedAt());
    }
    log();
    match();
    ending();
    death.reasons().forEach(reason -> add(reason, "recording", null));
    evidence.addAll(cause.evidence());
    evidence.addAll(LastWords.of(facts, death.run()));
    if (death.kind() == VerdictKind.OOM_KILL) {
      evidence.addAll(PressureBefore.of(facts, death.run()));
    }
    memory();
    suspicions.forEach(suspicion -> evidence.addAll(suspicion.told()));
    return new Verdict(
        death.kind(),
        killer(),
        cause.cause(),
        death.confidence(),
        headline,
        cause.culprits(),
        List.copyOf(evidence),
        missing());
  }

  private String killer() {
    LogEvent event = death.event();
    boolean named =
        event != null && death.kind() == VerdictKind.OOM_KILL && event.killer() != Killer.UNKNOWN;
    return named ? event.killer().label() : null;
  }

  private String headline() {
    List<TestResult> running = Deaths.runningAtEnd(facts, death.run());
    int more = Math.max(0, running.size() - 1);
    String what =
        switch (death.kind()) {
          case OOM_KILL -> null;
          case JAVA_OOM ->
              death.isArraySize()
                  ? "The JVM was asked for too large an array"
                  : "The JVM ran out of " + ranOut();
          case JVM_ABORT -> "The JVM aborted";
          default ->
              death.run().context().signal() == null
                  ? facts.exhaustions().exits().containsKey(death.run().id())
                      ? "The JVM halted"
                      : "The JVM was killed or halted"
                  : "The JVM was asked to end by " + death.run().context().signal();
        };
    if (what == null) {
      return Headline.of(killed(true) + ": ", cause.subject(), cause.held(), 0);
    }
    if (death.kind() == VerdictKind.JAVA_OOM && !cause.culprits().isEmpty()) {
      Culprit first = cause.culprits().get(0);
      boolean filled =
          !death.reasons().isEmpty() && !death.isArraySize() && !cause.held().isEmpty();
      return Headline.of(
          what + (filled ? ": " : " while "),
          Names.shown(first.name()),
          filled ? cause.held() : "ran",
          cause.culprits().size() - 1);
    }
    return running.isEmpty()
        ? Headline.of("", "The JVM", what.substring("The JVM ".length()), 0)
        : Headline.of(what + " while ", Names.test(running.get(0)), "ran", more);
  }

  private String ranOut() {
    return switch (cause.cause()) {
      case DIRECT_BUFFERS -> "direct buffer memory";
      case METASPACE -> "metaspace";
      case THREADS -> "threads";
      default -> "Java heap";
    };
  }

  /** The headline with all that it leaves out. */
  private String sentence() {
    String during = during();
    return switch (death.kind()) {
      case OOM_KILL -> killed(false) + ": " + cause.clause() + ".";
      case JAVA_OOM ->
          "The JVM ran out of memory by its own limits"
              + (death.event() == null || death.event().constraint() == null
                  ? ""
                  : " (" + death.event().constraint() + ")")
              + during
              + "; nobody killed it.";
      case JVM_ABORT ->
          "The JVM aborted"
              + (death.event() == null || death.event().constraint() == null
                  ? ""
                  : " (" + death.event().constraint() + ")")
              + during
              + "; nobody killed it for its memory.";
      default ->
          death.run().context().signal() != null
              ? "The JVM was asked to end by " + death.run().context().signal() + during + "."
              : "The JVM ended without shutting down"
                  + during
                  + holding()
                  + (facts.exhaustions().exits().containsKey(death.run().id())
                      ? ": something called Runtime.halt."
                      : ": killed from outside, or halted.");
    };
  }

  private String killed(boolean shortly) {
    LogEvent event = death.event();
    Long limit = death.limitBytes();
    String bytes = limit == null ? "" : Units.bytes(limit);
    if (shortly) {
      String who =
          event == null
              ? certain() ? "The kernel killed the JVM" : "The JVM was most likely killed"
              : event.killer().isLinuxKernel()
                  ? "The kernel killed the JVM"
                  : switch (event.killer()) {
                    case KUBELET -> "The kubelet evicted the JVM";
                    case UNKNOWN -> "The JVM was killed";
                    default -> Names.capital(event.killer().words()) + " killed the JVM";
                  };
      return who + (bytes.isEmpty() ? "" : " at " + bytes);
    }
    String who =
        event == null
            ? certain()
                ? "The kernel killed the JVM, because its cgroup had reached its limit"
                : "The JVM was most likely killed because its cgroup had reached its limit"
            : switch (event.killer()) {
              case KERNEL_MEMCG ->
                  "The kernel killed the JVM, because its cgroup had reached its limit";
              case SYSTEMD_OOMD -> "systemd-oomd killed the JVM's cgroup";
              case EARLYOOM ->
                  "earlyoom ended the JVM, because the machine was almost out of memory";
              case KUBELET ->
                  "The kubelet evicted the JVM's pod, because its node was low on memory";
              case UNKNOWN -> "The JVM was killed for its memory";
              default -> Names.capital(event.killer().words()) + " killed the JVM for its memory";
            };
    return bytes.isEmpty()
        ? who
        : who + (who.endsWith("limit") ? " of " : ", under a limit of ") + bytes;
  }

  private boolean certain() {
    return death.confidence() == Confidence.CERTAIN;
  }

  private String during() {
    List<TestResult> running = Deaths.runningAtEnd(facts, death.run());
    return running.isEmpty()
        ? ""
        : " while "
            + running.stream().limit(3).map(Names::test).collect(Collectors.joining(", "))
            + (running.size() > 3 ? " and " + (running.size() - 3) + " more" : "")
            + " ran";
  }

  private String holding() {
    MemoryAtEnd memory = death.run().memoryAtEnd();
    return memory == null || memory.rssBytes() == null
        ? ""
        : ", when it held " + Units.bytes(memory.rssBytes());
  }

  private void log() {
    LogEvent event = death.event();
    if (event == null) {
      return;
    }
    Explanation explanation = LogDiagnosis.explain(event);
    String headline = explanation.headline();
    String whole = explanation.because().isEmpty() ? headline : explanation.because().get(0);
    Instant at = LogMatch.instant(death.run(), event.at());
    if (whole.startsWith(headline.replaceFirst("[.]$", ""))) {
      add(whole, "kernel-log", at);
    } else {
      add(headline, "kernel-log", at);
      add(whole, "kernel-log", null);
    }
    event.signs().stream()
        .filter(sign -> sign.text().contains("Killed process"))
        .findFirst()
        .map(LogSign::text)
        .ifPresent(line -> add(line, "kernel-log", null));
  }

  private void match() {
    LogMatch match = death.match();
    if (match == null) {
      return;
    }
    add(
        "The log's event belongs to this run, by "
            + String.join("; ", match.matchedBy())
            + (match.against().isEmpty()
                ? ""
                : ". Against it: " + String.join("; ", match.against())),
        "kernel-log",
        null);
    String clock = ClockError.text(death.run(), match.event().at());
    if (clock != null) {
      add(clock, "kernel-log", null);
    }
    String trigger = TriggerThread.text(facts, death);
    if (trigger != null) {
      add(trigger, "kernel-log", null);
    }
  }

  private void ending() {
    if (death.run().ending() == Ending.KILLED && death.run().context().signal() == null) {
      add(
          "The recording of " + death.run().id() + " stops abruptly" + holding(),
          "recording",
          death.run().endedAt());
    }
  }

  /** The victim's size in the log is later than the last sample, so what it grew by has no name. */
  private void memory() {
    MemoryAtEnd memory = death.run().memoryAtEnd();
    if (memory == null || memory.rssBytes() == null || death.match() == null) {
      return;
    }
    Long killed = death.match().victim() == null ? null : death.match().victim().rssBytes();
    if (killed != null && killed - memory.rssBytes() >= UNSEEN_BYTES) {
      add(
          String.format(
              Locale.ROOT,
              "When it was killed it held %s: the kind of the last %s is unknown",
              Units.bytes(killed),
              Units.bytes(killed - memory.rssBytes())),
          "kernel-log",
          null);
    }
  }

  private void add(String text, String source, Instant at) {
    evidence.add(new Evidence(text, source, at));
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (death.kind() == VerdictKind.JAVA_OOM) {
      if (!certain()) {
        missing.add(
            "A JVM that ends itself says so on its console (Terminating due to"
                + " java.lang.OutOfMemoryError): analyze again with --kernel-log CONSOLE.log");
      }
      return missing;
    }
    boolean open =
        death.event() == null && !facts.exhaustions().exits().containsKey(death.run().id());
    if (open && AgainstAKill.silentLog(facts, death.run()) != null) {
      missing.add(
          "Who ended it: see journalctl -u systemd-oomd, the log of the CI server and its time limits.");
    } else if (open && !certain() && death.run().context().signal() == null) {
      Instant end = death.run().endedAt();
      missing.add(
          "Who killed it is in the kernel's log: journalctl -k --utc"
              + (end == null
                  ? " --since '10 minutes ago'"
                  : " --since '"
                      + stamp(end.minus(AROUND))
                      + "' --until '"
                      + stamp(end.plus(AROUND))
                      + "'")
              + " > kernel.log (or dmesg -T), then analyze again with --kernel-log kernel.log;"
              + " journalctl -u systemd-oomd for its killer in user space");
    }
    return missing;
  }

  private static String stamp(Instant instant) {
    return instant.toString().substring(0, 19).replace('T', ' ') + " UTC";
  }
}
