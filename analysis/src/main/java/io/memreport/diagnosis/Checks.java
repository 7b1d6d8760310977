// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.diagnosis.rule.Need;
import io.memreport.model.Facts;
import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Check.Result;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What was looked for, and what came of it. */
final class Checks {
  private static final String IN_PEACE = "no JVM was killed or ran out of memory";

  private Checks() {}

  /**
   * Of all that findings can be.
   *
   * @param found the ids of what was found
   * @param died whether a run did not end in peace
   */
  static List<Check> of(Facts facts, Set<String> found, boolean died) {
    return Rules.kinds().stream().map(kind -> of(facts, kind, found, died)).toList();
  }

  private static Check of(Facts facts, FindingKind kind, Set<String> found, boolean died) {
    if (found.contains(kind.id())) {
      return new Check(kind.id(), Result.FOUND, null);
    }
    String missing =
        kind instanceof DeathRule
            ? died ? null : IN_PEACE
            : kind.needs().stream()
                .map((Need need) -> need.missing(facts))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    if (missing != null) {
      return new Check(kind.id(), Result.NOT_APPLICABLE, missing);
    }
    List<String> undecided = kind.undecided(facts);
    return undecided.isEmpty()
        ? new Check(kind.id(), Result.FINE, null)
        : new Check(kind.id(), Result.UNDECIDED, String.join("; ", undecided));
  }
}
