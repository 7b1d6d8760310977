// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.EndingWords;
import java.time.Duration;
import java.util.List;

/** One JVM that was watched. */
public record RunView(
    String anchor,
    String id,
    String pid,
    String started,
    String ended,
    String role,
    String ending,
    Measure duration,
    String limit,
    List<Fact> facts) {

  static List<RunView> of(PostMortem postMortem, Names names) {
    return postMortem.runs().stream().map(run -> of(run, names)).toList();
  }

  private static RunView of(Run run, Names names) {
    boolean whole = run.startedAt() != null && run.endedAt() != null;
    return new RunView(
        names.anchor(run),
        VisibleText.label(run.id()),
        run.pid() == null ? "unknown" : Long.toString(run.pid()),
        Moment.utc(run.startedAt()),
        Moment.utc(run.endedAt()),
        run.role().label().replace('-', ' '),
        EndingWords.of(run.ending()),
        Measure.nanos(whole ? Duration.between(run.startedAt(), run.endedAt()).toNanos() : null),
        run.limitBytes() == null ? "none known" : Measure.bytes(run.limitBytes()).text(),
        RunFacts.of(run));
  }
}
