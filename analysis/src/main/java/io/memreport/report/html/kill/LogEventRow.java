// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogSign;
import io.memreport.report.html.part.VisibleText;

/** An event of a log that is about no run. */
public record LogEventRow(String kind, String text, String at, String where) {

  static LogEventRow of(ExplainedEvent explained) {
    LogEvent event = explained.event();
    return new LogEventRow(
        KillRow.words(event.kind().label()),
        VisibleText.label(explained.explanation().headline()),
        event.at() == null ? "" : VisibleText.label(event.at().text()),
        event.signs().isEmpty() ? "" : where(event.signs().get(0)));
  }

  static String where(LogSign sign) {
    return VisibleText.label(sign.source()) + ":" + sign.line();
  }
}
