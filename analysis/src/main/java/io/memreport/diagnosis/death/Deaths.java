// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Ending;
import io.memreport.model.Exhaustion;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.VerdictKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds out which runs did not end in peace, and how. */
public final class Deaths {
  /** So full, a limit is what ended it; the rest is what the kernel could not charge. */
  static final double FULL = 0.9;

  /** Growth goes on between the last sample and the end. */
  private static final Duration TREND = Duration.ofMillis(200);

  /** An OutOfMemoryError that is older is not what a JVM broke off for. */
  private static final Duration JUST_BEFORE = Duration.ofSeconds(10);

  /** The status with which -XX:+ExitOnOutOfMemoryError ends a JVM. */
  private static final int OUT_OF_MEMORY_STATUS = 3;

  /** So full, a Java heap is what ended a JVM that ends itself at that. */
  private static final double FULL_HEAP = 0.8;

  private final Facts facts;

  private Deaths(Facts facts) {
    this.facts = facts;
  }

  /** All deaths, kills for memory first, then in the order of time. */
  public static List<Death> of(Facts facts) {
    Deaths deaths = new Deaths(facts);
    List<Death> found = new ArrayList<>();
    for (Run run : facts.runs()) {
      Death death = deaths.of(run);
      if (death != null) {
        found.add(death);
      }
    }
    found.sort(
        Comparator.comparing((Death death) -> rank(death.kind()))
            .thenComparing(death -> death.confidence())
            .thenComparing(Deaths::when));
    return found;
  }

  private static int rank(VerdictKind kind) {
    return switch (kind) {
      case OOM_KILL -> 0;
      case JAVA_OOM -> 1;
      case JVM_ABORT -> 2;
      default -> 3;
    };
  }

  private static Instant when(Death death) {
    Instant end = death.run().endedAt();
    return end == null ? Instant.MAX : end;
  }

  private Death of(Run run) {
    boolean brokenOff = run.ending() == Ending.KILLED;
    boolean signalled = run.context().signal() != null && !runningAtEnd(facts, run).isEmpty();
    TestResult exhausted = exhausted(run);
    Exhaustion error = error(run, brokenOff);
    if (!brokenOff && !signalled && exhausted == null && error == null) {
      return null;
    }
    LogMatch match = best(run, brokenOff || signalled);
    if (match != null) {
      return ofLog(run, match);
    }
    if (exhausted != null) {
      return new Death(
          run,
          VerdictKind.JAVA_OOM,
          Confidence.CERTAIN,
          null,
          List.of(Names.test(exhausted) + " threw " + exhausted.failure()));
    }
    if (error != null) {
      return new Death(
          run, VerdictKind.JAVA_OOM, Confidence.CERTAIN, null, List.of(text(run, error)));
    }
    return signalled && !brokenOff ? signal(run) : inferred(run);
  }

  private TestResult exhausted(Run run) {
    return Throwers.all(facts, run).stream().findFirst().orElse(null);
  }

  /**
   * The first OutOfMemoryError of a run, or null; of one that broke off only if it met the last one
   * just before, for it may have lived with the others.
   */
  private Exhaustion error(Run run, boolean brokenOff) {
    Exhaustion last = facts.exhaustions().lastError(run);
    boolean old =
        last != null
            && brokenOff
            && run.endedAt() != null
            && last.at().plus(JUST_BEFORE).isBefore(run.endedAt());
    return old ? null : facts.exhaustions().firstError(run);
  }

  private String text(Run run, Exhaustion error) {
    long times =
        facts.exhaustions().errors().stream().filter(e -> e.runId().equals(run.id())).count();
    return "An OutOfMemoryError was thrown"
        + (error.what() == null ? "" : ": " + error.what())
        + (times > 1 ? " (the first of several)" : "");
  }

  public static List<TestResult> runningAtEnd(Facts facts, Run run) {
    return facts.tests().stream()
        .filter(test -> run.id().equals(test.runId()))
        .filter(test -> test.status() == TestStatus.RUNNING_AT_END)
        .filter(test -> !test.isFixture())
        .toList();
  }

  private LogMatch best(Run run, boolean died) {
    MemorySample last = Samples.of(facts, run).last();
    LogMatch best = null;
    for (LogEvent event : facts.logEvents()) {
      LogMatch match = jvmsOwn(run, event) ? LogMatch.ofOnlyRun(event) : null;
      if (match == null && died && !isHarmless(event)) {
        match = LogMatch.of(run, last, event);
      }
      if (match != null && match.isEnough() && (best == null || match.score() > best.score())) {
        best = match;
      }
    }
    return best;
  }

  /** Nothing ended with it. */
  private static boolean isHarmless(LogEvent event) {
    return event.kind() == EventKind.NO_KILL || event.kind() == EventKind.REFUSED;
  }

  /** What a JVM prints has neither a number nor a time: it fits if only one run ended so. */
  private boolean jvmsOwn(Run run, LogEvent event) {
    boolean own = event.kind() == EventKind.JAVA_OOM || event.kind() == EventKind.JVM_ABORT;
    if (!own || !event.victims().isEmpty() && event.victim().pid() != null) {
      return own && event.victim().pid().equals(run.pid());
    }
    long candidates =
        facts.runs().stream()
            .filter(other -> other.ending() == Ending.KILLED || exhausted(other) != null)
            .count();
    return candidates == 1;
  }

  private static Death ofLog(Run run, LogMatch match) {
    VerdictKind kind =
        switch (match.event().kind()) {
          case OOM_KILL -> VerdictKind.OOM_KILL;
          case JAVA_OOM -> VerdictKind.JAVA_OOM;
          case JVM_ABORT ->
              isOutOfMemory(match.event()) ? VerdictKind.JAVA_OOM : VerdictKind.JVM_ABORT;
          case SHM_EXHAUSTED -> VerdictKind.SHM_EXHAUSTED;
          case KILLED, REFUSED, NO_KILL -> VerdictKind.KILLED;
        };
    Confidence confidence =
        kind == VerdictKind.KILLED
            ? Confidence.POSSIBLE
            : match.strong() >= 2 ? Confidence.CERTAIN : Confidence.LIKELY;
    return new Death(run, kind, confidence, match, List.of());
  }

  /** An abort that -XX:+CrashOnOutOfMemoryError asked for. */
  private static boolean isOutOfMemory(LogEvent event) {
    return event.constraint() != null && event.constraint().contains("OutOfMemoryError")
        || event.detail().stream().anyMatch(text -> text.contains("OutOfMemory"));
  }

  private static Death signal(Run run) {
    return new Death(
        run,
        VerdictKind.KILLED,
        Confidence.LIKELY,
        null,
        List.of(
            "It got "
                + run.context().signal()
                + " and shut down in order while a test ran: the kernel's OOM killer never sends"
                + " that; a time limit, a person, earlyoom or an eviction does"));
  }

  private Death inferred(Run run) {
    Samples samples = Samples.of(facts, run);
    MemorySample last = samples.last();
    String heap = last == null ? null : fullHeap(run, samples);
    if (heap != null) {
      return new Death(run, VerdictKind.JAVA_OOM, Confidence.LIKELY, null, List.of(heap));
    }
    Integer status = facts.exhaustions().exits().get(run.id());
    if (status != null) {
      return exited(run, status);
    }
    if (last == null) {
      return new Death(run, VerdictKind.KILLED, Confidence.POSSIBLE, null, ownEnd(run));
    }
    String full = fullCgroup(samples, last);
    CountedKill counted = CountedKill.of(facts, run);
    if (counted != null) {
      return new Death(
          run,
          VerdictKind.OOM_KILL,
          full != null && counted.sure() ? Confidence.CERTAIN : Confidence.LIKELY,
          null,
          Stream.concat(counted.words().stream(), Stream.ofNullable(full)).toList());
    }
    if (full == null) {
      List<String> reasons = Stream.concat(room(last).stream(), ownEnd(run).stream()).toList();
      return new Death(run, VerdictKind.KILLED, Confidence.POSSIBLE, null, reasons);
    }
    String against = AgainstAKill.text(facts, run);
    return against == null
        ? new Death(run, VerdictKind.OOM_KILL, Confidence.LIKELY, null, List.of(full))
        : new Death(run, VerdictKind.KILLED, Confidence.POSSIBLE, null, List.of(full, against));
  }

  /** A process that told its status was not killed. */
  private static Death exited(Run run, int status) {
    boolean asked =
        run.context().limits() != null && run.context().limits().exitOnOutOfMemoryError();
    return asked && status == OUT_OF_MEMORY_STATUS
        ? new Death(
            run,
            VerdictKind.JAVA_OOM,
            Confidence.LIKELY,
            null,
            List.of(
                "It exited with status 3 without shutting down, as -XX:+ExitOnOutOfMemoryError"
                    + " makes it do"))
        : new Death(
            run,
            VerdictKind.KILLED,
            Confidence.LIKELY,
            null,
            List.of(
                "It exited with status "
                    + status
                    + " without shutting down, as Runtime.halt does: nobody killed it"));
  }

  private static String fullHeap(Run run, Samples samples) {
    boolean endsItself =
        run.context().limits() != null
            && (run.context().limits().exitOnOutOfMemoryError()
                || run.context().limits().crashOnOutOfMemoryError());
    Long most = endsItself ? run.context().limits().maxHeapBytes() : null;
    Long used = samples.last().javaHeapUsedBytes();
    MemorySample before = samples.before(TREND);
    long growth =
        used == null || before == null || before.javaHeapUsedBytes() == null
            ? 0
            : Math.max(0, used - before.javaHeapUsedBytes());
    return most == null || used == null || used + growth < FULL_HEAP * most
        ? null
        : "Its Java heap held "
            + Units.bytes(used)
            + " of at most "
            + Units.bytes(most)
            + (growth == 0 ? "" : " and had grown by " + Units.bytes(growth) + " in 0.2 s")
            + ", and by its options it ends itself on an OutOfMemoryError";
  }

  private static String fullCgroup(Samples samples, MemorySample last) {
    if (last.cgroupBytes() == null || last.limitBytes() == null) {
      return null;
    }
    MemorySample before = samples.before(TREND);
    long growth =
        before == null || before.cgroupBytes() == null
            ? 0
            : Math.max(0, last.cgroupBytes() - before.cgroupBytes());
    double expected = last.cgroupBytes() + (double) growth;
    return expected < FULL * last.limitBytes()
        ? null
        : String.format(
            Locale.ROOT,
            "Its cgroup used %s of its limit of %s at the last sample%s",
            Units.bytes(last.cgroupBytes()),
            Units.bytes(last.limitBytes()),
            growth == 0
                ? ""
                : ", and had grown by " + Units.bytes(growth) + " in the 0.2 s before");
  }

  /** Newer JVMs leave no trace of it. */
  private static List<String> ownEnd(Run run) {
    return run.context().limits() != null && run.context().limits().exitOnOutOfMemoryError()
        ? List.of(
            "By -XX:+ExitOnOutOfMemoryError it may have ended itself: then whoever started it saw status 3")
        : List.of();
  }

  private static List<String> room(MemorySample last) {
    return last.cgroupBytes() == null || last.limitBytes() == null
        ? List.of()
        : List.of(
            "Its cgroup used "
                + Units.bytes(last.cgroupBytes())
                + " of its limit of "
                + Units.bytes(last.limitBytes())
                + " at the last sample: nothing here speaks for a lack of memory");
  }
}
