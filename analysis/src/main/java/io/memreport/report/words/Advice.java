// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to do, each thing once. */
public final class Advice {
  /**
   * One thing to do.
   *
   * @param fix the same as settings, null where no setting does it
   */
  public record Step(String text, Fix fix) {
    /** The setting as most people write it, null for none. */
    public String snippet() {
      return fix == null ? null : fix.snippets().get(0).text();
    }
  }

  private Advice() {}

  /** Of the findings, then of the kills. */
  public static List<Step> of(PostMortem postMortem) {
    Map<String, Fix> advice = new LinkedHashMap<>();
    for (Finding finding : postMortem.findings()) {
      if (finding.advice() != null && !finding.advice().isEmpty()) {
        advice.putIfAbsent(finding.advice(), finding.fix());
      }
    }
    ofKills(postMortem).forEach(text -> advice.putIfAbsent(text, null));
    List<Step> steps = new ArrayList<>();
    advice.forEach((text, fix) -> steps.add(new Step(text, fix)));
    return steps;
  }

  /** What the logs' events call for beside what is in the findings. */
  public static List<String> ofKills(PostMortem postMortem) {
    return postMortem.kills().stream()
        .filter(kill -> kill.event() != null)
        .flatMap(kill -> kill.event().explanation().advice().stream())
        .distinct()
        .toList();
  }
}
