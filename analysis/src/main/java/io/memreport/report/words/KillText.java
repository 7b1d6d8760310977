// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogSign;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import io.memreport.model.verdict.VerdictKind;
import java.util.ArrayList;
import java.util.List;

/** A kill in a few lines. */
public final class KillText {
  private final List<String> lines = new ArrayList<>();

  private KillText() {}

  /** Of the run of the verdict; empty if all ended in peace. */
  public static List<String> of(PostMortem postMortem) {
    if (postMortem.kills().isEmpty()) {
      return List.of();
    }
    Kill kill = postMortem.kills().get(0);
    KillText text = new KillText();
    text.killer(kill);
    text.limit(kill);
    text.victims(kill);
    text.add("Held by", kill.held());
    text.trigger(postMortem, kill);
    if (kill.event() != null && !kill.event().event().signs().isEmpty()) {
      LogSign sign = kill.event().event().signs().get(0);
      text.add("Log", sign.source() + ":" + sign.line());
    }
    int others = postMortem.kills().size() - 1;
    if (others > 0) {
      text.add("Others", others + (others == 1 ? " more run" : " more runs") + " died likewise");
    }
    return text.lines;
  }

  private void add(String name, String value) {
    if (value != null && !value.isEmpty()) {
      lines.add(name + ": " + value);
    }
  }

  private void killer(Kill kill) {
    LogEvent event = kill.event() == null ? null : kill.event().event();
    String when = kill.at() == null ? "" : ", at " + kill.at();
    add(
        "Ended by",
        KillerName.of(kill)
            + (event == null || event.constraint() == null || event.killer().isLinuxKernel()
                ? ""
                : " (" + event.constraint() + ")")
            + when);
  }

  private void limit(Kill kill) {
    LogLimit limit = kill.event() == null ? null : kill.event().event().limit();
    if (limit != null && limit.limitBytes() != null) {
      String cgroup = kill.event().event().limitCgroup();
      add(
          "Limit",
          Units.bytes(limit.limitBytes())
              + " of "
              + limit.what()
              + (limit.usageBytes() == null ? "" : ", " + Units.bytes(limit.usageBytes()) + " used")
              + (cgroup == null ? "" : ", of the cgroup " + cgroup));
    } else if (kill.limitBytes() != null) {
      add("Limit", Units.bytes(kill.limitBytes()));
    }
  }

  private void victims(Kill kill) {
    Victim victim = kill.event() == null ? null : kill.event().event().victim();
    int others = victim == null ? 0 : kill.event().event().victims().size() - 1;
    add(
        kill.kind() == VerdictKind.OOM_KILL ? "Victim" : "Run",
        kill.runId()
            + (victim == null || victim.pid() == null
                ? ""
                : ", in the log " + victim.name() + " (pid " + victim.pid() + ")")
            + (victim == null || victim.rssBytes() == null
                ? ""
                : " with " + Units.bytes(victim.rssBytes()))
            + (others > 0 ? ", and " + others + " more with it" : ""));
  }

  private void trigger(PostMortem postMortem, Kill kill) {
    Trigger trigger = kill.event() == null ? null : kill.event().event().trigger();
    if (trigger == null) {
      return;
    }
    boolean known = kill.trigger() != null;
    String test = known ? TestName.of(postMortem, kill.trigger().testId()) : null;
    add(
        "Crossed the line",
        "the thread "
            + (known ? kill.trigger().name() : trigger.name())
            + (test == null ? "" : " in " + test)
            + "; it need not be what held the memory");
  }
}
