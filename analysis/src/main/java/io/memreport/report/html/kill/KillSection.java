// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.report.html.part.Names;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How runs ended that did not end in peace, and what else the logs tell.
 *
 * @param first the one of the verdict, null if all ended in peace
 * @param others the other ones
 * @param events of the logs that are about no run
 */
public record KillSection(KillView first, List<KillRow> others, List<LogEventRow> events) {
  private static final int LISTED = 50;

  public static KillSection of(PostMortem postMortem, Names names) {
    List<Kill> kills = postMortem.kills();
    Set<String> matched =
        kills.stream()
            .filter(kill -> kill.event() != null)
            .map(kill -> kill.event().event().id())
            .collect(Collectors.toSet());
    return new KillSection(
        kills.isEmpty() ? null : KillView.of(kills.get(0), postMortem, names),
        kills.stream().skip(1).limit(LISTED).map(kill -> KillRow.of(kill, names)).toList(),
        postMortem.logEvents().stream()
            .filter(explained -> !matched.contains(explained.event().id()))
            .limit(LISTED)
            .map(LogEventRow::of)
            .toList());
  }
}
