// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How sure a verdict is. */
public enum Confidence {
  CERTAIN,
  LIKELY,
  POSSIBLE;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
