// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who reads the settings of a fix. */
public enum FixKind {
  /** A PRAGMA that sqlite-jdbc takes from the URL, from properties and from SQLiteConfig. */
  SQLITE_SETTING,
  /** An option of the java command. */
  JVM_OPTION,
  /** How many JVMs or processes a build runs at a time. */
  PARALLELISM,
  /** A variable of the process's environment. */
  ENVIRONMENT,
  /** Commands that make room for shared memory, or its limits. */
  SHARED_MEMORY;

  /** The name in JSON: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
