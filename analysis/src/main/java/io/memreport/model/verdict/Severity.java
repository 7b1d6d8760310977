// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
  CRITICAL,
  WARNING,
  INFO;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
