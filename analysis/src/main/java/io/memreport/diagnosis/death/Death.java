// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Run;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.VerdictKind;
import java.util.List;

/**
 * How one run ended, if not in peace.
 *
 * @param kind oom-kill, java-oom, jvm-abort or killed
 * @param match the event of a log that tells of it, or null
 * @param reasons what that rests on, beside the match
 */
public record Death(
    Run run, VerdictKind kind, Confidence confidence, LogMatch match, List<String> reasons) {

  /** Whether no heap could have given what was asked for. */
  public boolean isArraySize() {
    return String.join(" ", reasons).contains("array size exceeds");
  }

  public LogEvent event() {
    return match == null ? null : match.event();
  }

  /** The limit that was reached, or null: of the log's event, or else of the run. */
  public Long limitBytes() {
    LogEvent event = event();
    if (event != null && event.limit() != null && event.limit().limitBytes() != null) {
      return event.limit().limitBytes();
    }
    boolean cgroup = event == null || event.killer() == Killer.KERNEL_MEMCG;
    return cgroup ? run.limitBytes() : null;
  }
}
