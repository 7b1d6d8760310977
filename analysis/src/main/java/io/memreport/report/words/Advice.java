// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What to do, each thing once. */
public final class Advice {
  private Advice() {}

  /** Of the findings, then of the kills. */
  public static List<String> of(PostMortem postMortem) {
    Set<String> advice =
        postMortem.findings().stream()
            .map(Finding::advice)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    advice.addAll(ofKills(postMortem));
    return List.copyOf(advice);
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
