// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Facts;
import io.memreport.model.Finding;
import java.util.List;

/** Looks at how runs were set up, whether anything came of it or not. */
interface SettingRule extends FindingKind {
  /** What should be set differently; empty if nothing should. */
  List<Finding> examine(Facts facts);
}
