// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.Facts;
import io.memreport.model.verdict.Finding;
import java.util.List;

/** Looks at how runs were set up and what they did, whether any harm came of it or not. */
public interface SettingRule extends FindingKind {
  /** What should be different; empty if nothing should. */
  List<Finding> examine(Facts facts);
}
