// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a process that was recorded is there for. */
public enum Role {
  /** It ran tests. */
  TEST_FORK,
  /** It ran queries, and no tests. */
  SERVICE,
  /** It ran a command, and recorded the processes below it. */
  SUPERVISOR,
  /** Maven, Gradle and their kin, or what starts them. */
  BUILD_TOOL,
  /** It compiles. */
  COMPILER,
  OTHER;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
