// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import java.util.List;

/**
 * A finding with what a verdict needs of it.
 *
 * @param clause what happened, to end a sentence with: {@code left 40.5 MiB of page cache behind}
 * @param culprits who did it, the first one first
 */
public record Suspicion(
    Finding finding,
    Cause cause,
    Confidence confidence,
    String clause,
    long bytes,
    List<Culprit> culprits,
    List<Evidence> evidence) {

  /** Whether the memory was still held when the recording ended, as against a peak that passed. */
  public boolean isHeld() {
    return cause != Cause.SQLITE_SORT;
  }
}
