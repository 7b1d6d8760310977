// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Kill;
import io.memreport.model.LiveThread;
import io.memreport.model.log.Trigger;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;

/**
 * The thread whose allocation found no memory, apart from who held it. Test and query are null if
 * it ran none that is known.
 */
public record TriggerView(
    String thread, String allocation, Link test, Link query, String sql, String running) {

  /** Null if the log does not tell. */
  static TriggerView of(Kill kill, Names names) {
    Trigger trigger = kill.event() == null ? null : kill.event().event().trigger();
    if (trigger == null) {
      return null;
    }
    LiveThread live = kill.trigger();
    String name = live == null ? trigger.name() : live.name();
    Link query = live == null ? null : names.link(Names.QUERY, live.queryId());
    return new TriggerView(
        VisibleText.label(name == null ? "unknown" : name)
            + (trigger.tid() == null ? "" : " (tid " + trigger.tid() + ")"),
        allocation(trigger),
        live == null ? null : names.link(Names.TEST, live.testId()),
        query,
        live == null || live.sql() == null ? "" : VisibleText.label(live.sql()),
        live == null || live.runningNanos() == null ? "" : Units.duration(live.runningNanos()));
  }

  private static String allocation(Trigger trigger) {
    if (trigger.order() == null) {
      return VisibleText.label(trigger.allocation());
    }
    if (trigger.order() < 0) {
      return "somebody asked for a kill";
    }
    return trigger.order() == 0 ? "one page" : (1L << trigger.order()) + " pages in a row";
  }
}
