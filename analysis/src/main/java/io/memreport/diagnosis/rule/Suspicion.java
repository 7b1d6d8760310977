// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding with what a verdict needs of it.
 *
 * @param clause what happened, to end a sentence with: {@code left 40.5 MiB of page cache behind}
 * @param culprits who did it, the first one first
 * @param isHeld whether the memory was still held when the recording ended and nothing bounds it,
 *     as against a peak that passed or a cache that is full some day
 */
public record Suspicion(
    Finding finding,
    Cause cause,
    Confidence confidence,
    String clause,
    long bytes,
    List<Culprit> culprits,
    List<Evidence> evidence,
    boolean isHeld) {

  /** Of memory that was held, but for sorts, which are over with their query. */
  public Suspicion(
      Finding finding,
      Cause cause,
      Confidence confidence,
      String clause,
      long bytes,
      List<Culprit> culprits,
      List<Evidence> evidence) {
    this(finding, cause, confidence, clause, bytes, culprits, evidence, cause != Cause.SQLITE_SORT);
  }

  /** The evidence, of which the first line says whose it is. */
  public List<Evidence> told() {
    String whose = Names.shown(culprits.get(0).name()) + " " + clause;
    List<Evidence> told = new ArrayList<>();
    for (Evidence fact : evidence) {
      told.add(
          told.isEmpty()
              ? new Evidence(whose + ": " + fact.text(), fact.source(), fact.at())
              : fact);
    }
    return told;
  }
}
