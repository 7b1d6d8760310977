// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.model.verdict.Finding;

/** Says what to do about one cause of death. */
public interface DeathRule extends FindingKind {
  /** Null if this was not its cause. */
  Finding of(DeathCase death);
}
