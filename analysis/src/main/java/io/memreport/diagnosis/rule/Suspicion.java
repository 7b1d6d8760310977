// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Measured;
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

  /**
   * Whoever is named first took the memory through the others, and all bytes are of one measure.
   */
  public Suspicion {
    Measured measure = isHeld ? Measured.RETAINED : Measured.PEAK;
    List<Culprit> measured = culprits.stream().map(c -> c.measuredAs(measure)).toList();
    culprits = nested(measured);
  }

  private static List<Culprit> nested(List<Culprit> all) {
    if (all.size() < 2) {
      return all;
    }
    Culprit first = all.get(0);
    List<Culprit> nested = new ArrayList<>(all);
    nested.set(
        0,
        first.through(all.stream().filter(other -> !other.type().equals(first.type())).toList()));
    return List.copyOf(nested);
  }

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
