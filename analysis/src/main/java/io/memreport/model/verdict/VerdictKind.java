// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened. */
public enum VerdictKind {
  CLEAN,
  LEAK,
  OOM_KILL,
  JAVA_OOM,
  JVM_ABORT,
  KILLED,
  SHM_EXHAUSTED,
  RUNNING,
  UNKNOWN;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
