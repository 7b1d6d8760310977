// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Finding;

/** Says what to do about one cause of death. */
interface DeathRule extends FindingKind {
  /** Null if this was not its cause. */
  Finding of(DeathCase death);
}
