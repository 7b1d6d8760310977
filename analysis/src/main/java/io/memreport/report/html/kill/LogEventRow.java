// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogSign;
import io.memreport.report.html.part.VisibleText;

/** An event of a log that is about no run. */
public record LogEventRow(String kind, String text, String at, String where) {

  static LogEventRow of(ExplainedEvent explained) {
    LogEvent event = explained.event();
    return new LogEventRow(
        words(event.kind()),
        VisibleText.label(explained.explanation().headline()),
        event.at() == null ? "" : VisibleText.label(event.at().text()),
        event.signs().isEmpty() ? "" : where(event.signs().get(0)));
  }

  private static String words(EventKind kind) {
    return switch (kind) {
      case OOM_KILL -> "killed for memory";
      case JAVA_OOM -> "out of Java memory";
      case JVM_ABORT -> "JVM crashed";
      case KILLED -> "killed";
      case SHM_EXHAUSTED -> "out of shared memory";
      case REFUSED -> "refused";
      case NO_KILL -> "no kill";
    };
  }

  static String where(LogSign sign) {
    return VisibleText.label(sign.source()) + ":" + sign.line();
  }
}
