// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.Facts;
import java.util.List;

/** Looks for one thing that goes wrong. */
public interface Rule extends FindingKind {
  /** What was found, each with who did it; empty if nothing was. */
  List<Suspicion> examine(Facts facts);
}
