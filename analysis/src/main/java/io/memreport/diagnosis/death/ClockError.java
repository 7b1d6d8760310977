// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Run;
import io.memreport.model.log.LogTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far the clock of a log is off that of a run. The kernel's seconds since the start of the
 * machine are the anchor: run.json says which instant they count from.
 */
final class ClockError {
  private ClockError() {}

  /** A sentence, or null where there is nothing to say of it. */
  static String text(Run run, LogTime time) {
    Instant booted = run.context().bootedAt();
    if (time == null) {
      return null;
    }
    if (time.uptimeSeconds() != null && booted != null) {
      return time.instant() == null
          ? "The log's times count from the start of the machine, which the run places at "
              + booted.toString().substring(0, 19)
              + "Z, to within a second"
          : drift(booted, time);
    }
    if (time.uptimeSeconds() != null) {
      return "The log's times count from the start of the machine, which the run does not tell:"
          + " they can't be compared";
    }
    return time.assumed()
        ? "The log's times name no zone or no year: they are taken to be of this machine's zone and"
            + " of the last twelve months"
        : null;
  }

  private static String drift(Instant booted, LogTime time) {
    Instant byUptime = booted.plusMillis(Math.round(1000 * time.uptimeSeconds()));
    double seconds = Duration.between(byUptime, time.instant()).toMillis() / 1000.0;
    return String.format(
        Locale.ROOT,
        "By the seconds since the start of the machine the log's clock is %.1f s %s the run's%s",
        Math.abs(seconds),
        seconds < 0 ? "behind" : "ahead of",
        time.assumed()
            ? "; whole hours of that may be the time zone, which the log leaves out"
            : "");
  }
}
