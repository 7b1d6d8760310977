// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.html.memory.LogMemoryView;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.List;

/**
 * The end of one run in full.
 *
 * @param sentence what the log comes to, empty without one
 * @param held what held the memory, empty if it did not end for that
 * @param trigger who crossed the line, null if the log does not tell
 * @param lines of the logs that it rests on
 */
public record KillView(
    String heading,
    Link run,
    String sentence,
    String confidence,
    List<Fact> facts,
    String held,
    TriggerView trigger,
    List<ProcessRow> victims,
    LogMemoryView memory,
    TaskTableView tasks,
    List<String> because,
    List<String> advice,
    List<Line> lines) {

  private static final int LINES = 20;
  private static final int VICTIMS = 20;

  /** A line of a log, with its place. */
  public record Line(String where, String text) {}

  static KillView of(Kill kill, PostMortem postMortem, Names names) {
    ExplainedEvent explained = kill.event();
    Run run =
        postMortem.runs().stream()
            .filter(one -> one.id().equals(kill.runId()))
            .findFirst()
            .orElse(null);
    KernelProcesses processes =
        explained == null ? null : new KernelProcesses(postMortem, explained.event().id(), names);
    return new KillView(
        heading(kill.kind()),
        names.link(Names.RUN, kill.runId()),
        explained == null ? "" : text(explained.explanation().headline()),
        kill.confidence().label(),
        KillFacts.of(kill, run),
        held(kill),
        TriggerView.of(kill, names),
        explained == null
            ? List.of()
            : explained.event().victims().stream()
                .limit(VICTIMS)
                .map(victim -> ProcessRow.of(victim, processes.run(victim.pid())))
                .toList(),
        explained == null ? null : LogMemoryView.of(explained.event()),
        explained == null ? null : TaskTableView.of(explained.event(), processes),
        explained == null
            ? List.of()
            : explained.explanation().because().stream().map(KillView::text).toList(),
        explained == null
            ? List.of()
            : explained.explanation().advice().stream().map(KillView::text).toList(),
        explained == null
            ? List.of()
            : explained.event().signs().stream()
                .limit(LINES)
                .map(sign -> new Line(LogEventRow.where(sign), text(sign.text())))
                .toList());
  }

  private static String text(String raw) {
    return VisibleText.shorten(VisibleText.line(raw), 1000);
  }

  private static String held(Kill kill) {
    if (kill.held() == null) {
      return kill.kind() == VerdictKind.OOM_KILL ? "Not known from here." : "";
    }
    String text = text(kill.held());
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.endsWith("…") ? "" : ".");
  }

  private static String heading(VerdictKind kind) {
    return switch (kind) {
      case OOM_KILL -> "Who killed it";
      case JAVA_OOM -> "How it ran out of memory";
      case JVM_ABORT -> "How it aborted";
      default -> "How it ended";
    };
  }
}
