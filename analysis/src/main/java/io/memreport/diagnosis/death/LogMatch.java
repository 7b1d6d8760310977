// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Run;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogTime;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well an event of a log fits the end of a run. No single sign decides: numbers of processes
 * are those of the kernel and not of a container, clocks differ, and names repeat.
 *
 * @param score from {@link #ENOUGH} on they are taken to be the same
 * @param strong how many of the signs hardly fit by chance
 * @param victim the process of the event that is this run, or null if the event names none
 * @param matchedBy what speaks for it
 * @param against what speaks against it, or could not be compared
 * @param secondsAfter how long after the run's last sign of life the event is dated, or null
 */
public record LogMatch(
    LogEvent event,
    int score,
    int strong,
    Victim victim,
    List<String> matchedBy,
    List<String> against,
    Double secondsAfter) {
  static final int ENOUGH = 4;

  /** Later than this it is not about this run. */
  private static final double TOO_LATE_SECONDS = 600;

  /** Samples end this long before a death at most, and clocks of one machine agree so well. */
  private static final double CLOSE_SECONDS = 5;

  private static final double NEAR_SECONDS = 60;

  /** The last sample was before the death: what a victim held by the log may be larger. */
  private static final double LARGEST_RATIO = 3;

  private static final double SMALLEST_RATIO = 0.7;

  /** Containers are named by a SHA-256 in hexadecimal digits. */
  private static final int CONTAINER_ID = 64;

  /**
   * Compares them.
   *
   * @param last the run's last sample, or null
   */
  static LogMatch of(Run run, MemorySample last, LogEvent event) {
    return new Comparison(run, last, event).result();
  }

  /** An event that no other run can be meant by. */
  static LogMatch ofOnlyRun(LogEvent event) {
    return new LogMatch(
        event,
        ENOUGH,
        2,
        event.victim(),
        List.of("being the only run that ended so"),
        List.of(),
        null);
  }

  boolean isEnough() {
    return score >= ENOUGH;
  }

  private static final class Comparison {
    private final Run run;
    private final MemorySample last;
    private final LogEvent event;
    private final List<String> matchedBy = new ArrayList<>();
    private final List<String> against = new ArrayList<>();
    private int score;
    private int strong;
    private Double secondsAfter;
    private boolean sameCgroup;

    Comparison(Run run, MemorySample last, LogEvent event) {
      this.run = run;
      this.last = last;
      this.event = event;
    }

    LogMatch result() {
      Victim victim = victim();
      time();
      cgroup();
      numbers(victim);
      limit();
      size(victim);
      return new LogMatch(
          event, score, strong, victim, List.copyOf(matchedBy), List.copyOf(against), secondsAfter);
    }

    private Victim victim() {
      for (Victim victim : event.victims()) {
        if (run.pid() != null && run.pid().equals(victim.pid())) {
          matched(2, true, "the PID " + victim.pid());
          return victim;
        }
      }
      Victim named = event.victims().stream().filter(Comparison::isJava).findFirst().orElse(null);
      if (named != null) {
        matched(1, false, "the process name " + named.name());
      } else if (!event.victims().isEmpty()) {
        score -= 3;
        against.add("the victim was " + event.victim().name());
      }
      return named;
    }

    /** In a container, and only there, a process has one number for itself and another outside. */
    private void numbers(Victim victim) {
      if (victim == null
          || victim.pid() == null
          || run.pid() == null
          || victim.pid().equals(run.pid())) {
        return;
      }
      String numbers = victim.pid() + " in the log, " + run.pid() + " in the run";
      if (sameCgroup) {
        against.add("the PIDs differ (" + numbers + "), as they do with a container");
      } else {
        score -= 3;
        strong -= 1;
        against.add("the PIDs differ (" + numbers + ")");
      }
    }

    private static boolean isJava(Victim victim) {
      return victim.name() != null && victim.name().toLowerCase(Locale.ROOT).contains("java");
    }

    private void time() {
      Instant at = instant();
      Instant end = last == null ? run.endedAt() : last.at();
      if (at == null || end == null) {
        against.add("the log has no time that could be compared");
        return;
      }
      secondsAfter = Duration.between(end, at).toMillis() / 1000.0;
      double distance = Math.abs(secondsAfter);
      String words =
          String.format(
              Locale.ROOT,
              "the time, %.1f s %s the last sample",
              distance,
              secondsAfter < 0 ? "before" : "after");
      if (distance <= CLOSE_SECONDS) {
        matched(2, true, words);
      } else if (distance <= NEAR_SECONDS) {
        matched(1, false, words);
      } else if (distance > TOO_LATE_SECONDS || secondsAfter < -NEAR_SECONDS) {
        score -= 5;
        against.add("the times are " + Math.round(distance) + " s apart");
      } else {
        against.add("the times are " + Math.round(distance) + " s apart");
      }
    }

    /** The kernel's own clock is exact; the run says when that started. */
    private Instant instant() {
      return LogMatch.instant(run, event.at());
    }

    private void cgroup() {
      String own = run.context().cgroupPath();
      if (own == null || own.equals("/")) {
        return;
      }
      // Whose limit it was says less: its other cgroups had nothing to fear.
      String other = event.victimCgroup() == null ? event.limitCgroup() : event.victimCgroup();
      if (isWholeSlice(other) || "/".equals(other)) {
        return;
      }
      boolean same = isWithin(own, other);
      if (same) {
        sameCgroup = true;
        matched(2, true, "the cgroup " + own);
      } else if (event.victimCgroup() != null && event.kind() == EventKind.OOM_KILL) {
        score -= event.victims().isEmpty() ? 4 : 2;
        strong -= 1;
        against.add("the log names the cgroup " + event.victimCgroup() + ", the run " + own);
      }
    }

    /** The service manager counts there whatever was killed anywhere below; and the root is all. */
    private static boolean isWholeSlice(String cgroup) {
      return cgroup != null && cgroup.endsWith(".slice") && cgroup.indexOf('/') < 0;
    }

    private static boolean isWithin(String own, String other) {
      if (other == null || other.length() < 2) {
        return false;
      }
      String prefix = other.startsWith("/") ? other : "/" + other;
      return own.equals(prefix)
          || own.startsWith(prefix + "/")
          || own.endsWith(prefix)
          || prefix.endsWith(own)
          || prefix.lastIndexOf('/') == 0 && own.contains(prefix + "/")
          || container(own) != null && prefix.contains(container(own));
    }

    /** The longest run of hexadecimal digits: containers are named so. */
    private static String container(String path) {
      int length = 0;
      for (int i = path.length() - 1; i >= 0; i--) {
        length = Character.digit(path.charAt(i), 16) >= 0 ? length + 1 : 0;
        if (length == CONTAINER_ID) {
          return path.substring(i, i + length);
        }
      }
      return null;
    }

    private void limit() {
      LogLimit limit = event.limit();
      if (limit != null
          && limit.limitBytes() != null
          && limit.limitBytes().equals(run.limitBytes())) {
        matched(1, true, "the limit of " + Units.bytes(limit.limitBytes()));
      }
    }

    private void size(Victim victim) {
      if (victim == null || victim.rssBytes() == null || last == null || last.rssBytes() == null) {
        return;
      }
      double ratio = (double) victim.rssBytes() / Math.max(1, last.rssBytes());
      if (ratio >= SMALLEST_RATIO && ratio <= LARGEST_RATIO) {
        matched(
            1,
            false,
            "the size, "
                + Units.bytes(victim.rssBytes())
                + " in the log and "
                + Units.bytes(last.rssBytes())
                + " in the last sample");
      } else {
        score -= 1;
        against.add(
            "the victim held "
                + Units.bytes(victim.rssBytes())
                + ", the last sample "
                + Units.bytes(last.rssBytes()));
      }
    }

    private void matched(int points, boolean isStrong, String words) {
      score += points;
      strong += isStrong ? 1 : 0;
      matchedBy.add(words);
    }
  }

  /** When a line was written by the clock of the run, or null. */
  public static Instant instant(Run run, LogTime time) {
    if (time == null) {
      return null;
    }
    Instant booted = run.context().bootedAt();
    if (time.uptimeSeconds() != null && booted != null) {
      return booted.plusMillis(Math.round(1000 * time.uptimeSeconds()));
    }
    return time.instant();
  }
}
