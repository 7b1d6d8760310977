// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Kill;
import io.memreport.model.Run;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.PressureReading;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.KillerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is known of a kill, a line each. */
final class KillFacts {
  private final List<Fact> facts = new ArrayList<>();

  private KillFacts() {}

  static List<Fact> of(Kill kill, Run run) {
    KillFacts facts = new KillFacts();
    facts.add("Killed by", KillerName.of(kill));
    if (kill.event() != null) {
      facts.event(kill.event().event());
    } else {
      facts.run(kill, run);
    }
    facts.add("When", Moment.utc(kill.at()));
    facts.clock(kill);
    facts.add("Matched by", String.join("; ", kill.matchedBy()));
    facts.add("Against it speaks", String.join("; ", kill.against()));
    return facts.facts;
  }

  private void add(String name, String value) {
    String text = VisibleText.shorten(VisibleText.line(value), 1000);
    if (!text.isEmpty()) {
      facts.add(new Fact(name, text));
    }
  }

  private void event(LogEvent event) {
    if (!event.killer().isLinuxKernel() && event.kind() != EventKind.KILLED) {
      add("Exhausted", event.constraint());
    }
    event.limits().stream()
        .filter(limit -> limit.limitBytes() != null)
        .forEach(limit -> add("Limit", limit(limit)));
    add("Cgroup of the limit", event.limitCgroup());
    if (event.victimCgroup() != null && !event.victimCgroup().equals(event.limitCgroup())) {
      add("Cgroup of the victim", event.victimCgroup());
    }
    if (event.groupKill()) {
      add("Scope", "the whole cgroup was killed with the first victim");
    }
    pressure(event.pressure());
    if (event.exitStatus() != null) {
      add("Exit status", Integer.toString(event.exitStatus()));
    }
    add("Kernel", event.kernel());
  }

  private static String limit(LogLimit limit) {
    return Units.bytes(limit.limitBytes())
        + " of "
        + limit.what()
        + (limit.usageBytes() == null ? "" : ", " + Units.bytes(limit.usageBytes()) + " used")
        + (limit.failures() == null || limit.failures() == 0
            ? ""
            : ", reached " + Measure.grouped(limit.failures()) + " times");
  }

  private void pressure(PressureReading pressure) {
    if (pressure == null) {
      return;
    }
    if (pressure.percent() != null) {
      add(
          "Pressure",
          percent(pressure.percent())
              + (pressure.limitPercent() == null
                  ? ""
                  : ", allowed " + percent(pressure.limitPercent()))
              + (pressure.duration() == null ? "" : ", for " + pressure.duration())
              + (pressure.cgroup() == null ? "" : ", of " + pressure.cgroup()));
    }
    share("Memory in use", pressure.memoryUsedBytes(), pressure.memoryTotalBytes());
    share("Swap in use", pressure.swapUsedBytes(), pressure.swapTotalBytes());
  }

  private void share(String name, Long used, Long total) {
    if (used != null) {
      add(name, Units.bytes(used) + (total == null ? "" : " of " + Units.bytes(total)));
    }
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f %%", value);
  }

  private void run(Kill kill, Run run) {
    if (kill.limitBytes() != null) {
      add("Limit", Units.bytes(kill.limitBytes()));
    }
    if (run != null) {
      add("Signal", run.context().signal());
      if (run.memoryAtEnd() != null && run.memoryAtEnd().rssBytes() != null) {
        add("Held at its last sample", Units.bytes(run.memoryAtEnd().rssBytes()));
      }
    }
  }

  private void clock(Kill kill) {
    if (kill.event() == null || kill.event().event().at() == null) {
      return;
    }
    Double seconds = kill.secondsAfterLastSample();
    String distance =
        seconds == null
            ? "not comparable with the run's"
            : String.format(
                Locale.ROOT,
                "%.2f s %s the run's last sample",
                Math.abs(seconds),
                seconds < 0 ? "before" : "after");
    add(
        "By the log's clock",
        kill.event().event().at().text()
            + ", "
            + distance
            + (kill.event().event().at().assumed() ? "; its year or time zone is assumed" : ""));
  }
}
