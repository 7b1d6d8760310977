// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a test ended. */
public enum TestStatus {
  PASSED,
  FAILED,
  ABORTED,
  SKIPPED,
  RUNNING_AT_END,
  UNKNOWN;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
