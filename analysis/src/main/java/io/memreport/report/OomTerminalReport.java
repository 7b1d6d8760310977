// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogPostMortem;
import io.memreport.model.log.LogSign;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What {@code memreport oom} prints. */
public final class OomTerminalReport {
  private static final int REASONS = 5;
  private static final int SIGNS = 4;
  private static final int TASKS = 8;

  private final TerminalText text;

  public OomTerminalReport(PrintWriter out, TerminalStyle style) {
    text = new TerminalText(out, style);
  }

  /** Prints the events, the ones that are no kills last. */
  public void print(LogPostMortem postMortem) {
    if (postMortem.events().isEmpty()) {
      text.headline(TerminalText.BOLD, postMortem.headline());
      text.line("  " + postMortem.lines() + " lines, " + Units.bytes(postMortem.bytes()) + " read");
    }
    for (ExplainedEvent explained : postMortem.events()) {
      print(explained);
    }
    text.list("Limits of this reading", postMortem.notes());
  }

  private void print(ExplainedEvent explained) {
    LogEvent event = explained.event();
    boolean real = event.kind() != EventKind.NO_KILL;
    text.headline(real ? TerminalText.RED : TerminalText.BOLD, explained.explanation().headline());
    StringBuilder facts = new StringBuilder("  " + event.kind().label());
    facts.append(", ").append(what(event));
    facts.append(", ").append(explained.explanation().confidence().label());
    if (event.at() != null) {
      facts.append(", at ").append(event.at().text());
    }
    if (event.kernel() != null) {
      facts.append(", kernel ").append(event.kernel());
    }
    text.line(facts.toString());
    text.list("Why", shown(explained.explanation().because()));
    text.list("Victims", event.victims().stream().map(OomTerminalReport::victim).toList());
    if (event.tasks() != null) {
      text.list(
          "Largest processes",
          event.tasks().largest().stream().limit(TASKS).map(OomTerminalReport::task).toList());
    }
    text.list("What to do", explained.explanation().advice());
    text.list("Lines", event.signs().stream().limit(SIGNS).map(OomTerminalReport::sign).toList());
    text.line("");
  }

  /** What is left out is in the JSON, where nothing is. */
  private static List<String> shown(List<String> reasons) {
    if (reasons.size() <= REASONS) {
      return reasons;
    }
    List<String> first = new ArrayList<>(reasons.subList(0, REASONS - 1));
    first.add((reasons.size() - first.size()) + " more in --json.");
    return first;
  }

  /** Nobody kills for shared memory: there it is the limit that names the event. */
  private static String what(LogEvent event) {
    return event.sharedMemory() == null || event.sharedMemory().resource() == null
        ? event.killer().label()
        : event.sharedMemory().resource().label();
  }

  private static String victim(Victim victim) {
    return name(victim.name(), victim.pid())
        + (victim.rssBytes() == null ? "" : ", " + Units.bytes(victim.rssBytes()) + " resident")
        + (victim.swapBytes() == null || victim.swapBytes() == 0
            ? ""
            : ", " + Units.bytes(victim.swapBytes()) + " in swap")
        + (victim.oomScoreAdj() == null ? "" : ", oom_score_adj " + victim.oomScoreAdj())
        + (victim.collateral() ? ", died with the first one" : "");
  }

  private static String task(TaskRow row) {
    return name(row.name(), row.pid()) + ", " + Units.bytes(row.heldBytes());
  }

  private static String name(String name, Long pid) {
    return (name == null ? "a process" : name) + (pid == null ? "" : " (pid " + pid + ")");
  }

  private static String sign(LogSign sign) {
    return sign.source() + ":" + sign.line() + ": " + sign.text();
  }
}
