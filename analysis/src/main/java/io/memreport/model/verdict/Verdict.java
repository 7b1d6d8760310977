// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer, in one sentence, with what it rests on. What something is missing for is not certain.
 */
public record Verdict(
    VerdictKind kind,
    @Nullable String killer,
    Cause cause,
    Confidence confidence,
    String headline,
    List<Culprit> culprits,
    List<Evidence> evidence,
    List<String> missing) {

  /** Lowers a certainty that something is missing for; bytes are what was held, if nobody told. */
  public Verdict {
    culprits = culprits.stream().map(culprit -> culprit.measuredAs(Measured.HELD)).toList();
    if (confidence == Confidence.CERTAIN && !missing.isEmpty()) {
      confidence = Confidence.LIKELY;
    }
  }
}
