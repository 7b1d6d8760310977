// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.Kill;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.VerdictWords;

/** One more run that did not end in peace. */
public record KillRow(
    Link run, String kind, String cause, String confidence, String at, String text) {

  static KillRow of(Kill kill, Names names) {
    return new KillRow(
        names.link(Names.RUN, kill.runId()),
        VerdictWords.state(kill.kind()),
        VerdictWords.cause(kill.cause()),
        kill.confidence().label(),
        Moment.utc(kill.at()),
        kill.event() == null
            ? "no log tells of it"
            : VisibleText.label(kill.event().explanation().headline()));
  }
}
