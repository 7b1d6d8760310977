// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The systems whose limits of shared memory differ. */
public enum OperatingSystem {
  LINUX,
  MACOS;

  /** The name in JSON: lower case. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
