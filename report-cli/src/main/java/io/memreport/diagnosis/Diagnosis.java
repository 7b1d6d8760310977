// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Facts;
import io.memreport.model.PostMortem;
import io.memreport.model.Shared;
import io.memreport.model.SharedLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Applies all rules and draws the verdict. */
public final class Diagnosis {
  private static final String SCHEMA = "memreport/1";

  private Diagnosis() {}

  /** The post-mortem of these facts. */
  public static PostMortem of(Facts facts) {
    List<Suspicion> suspicions = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      suspicions.addAll(rule.examine(facts));
    }
    suspicions.sort(
        Comparator.comparing((Suspicion s) -> s.finding().severity())
            .thenComparing(suspicion -> suspicion.isHeld() ? 0 : 1)
            .thenComparing(Comparator.comparingLong(Suspicion::bytes).reversed()));
    return new PostMortem(
        SCHEMA,
        Conclusion.of(facts, suspicions),
        facts.runs(),
        facts.tests(),
        facts.queries(),
        facts.connections(),
        new Shared(new SharedLimits(null, null, null, null), List.of()),
        facts.nativeLibraries(),
        suspicions.stream().map(Suspicion::finding).toList(),
        facts.quality(),
        facts.timeline(),
        facts.liveThreads());
  }
}
