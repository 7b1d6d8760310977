// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run ended. */
public enum Ending {
  CLEAN,
  KILLED,
  JAVA_OOM,
  ABORT,
  RUNNING,
  UNKNOWN;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
