// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the bytes beside a name are. */
public enum Measured {
  /** The most that was held at once; it was given back. */
  PEAK,
  /** What was left behind when the recording ended. */
  RETAINED,
  /** What was allocated, whether it was given back or not. */
  ALLOCATED,
  /** What was held when the process died. */
  HELD;

  /** The name in JSON: lower case. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
