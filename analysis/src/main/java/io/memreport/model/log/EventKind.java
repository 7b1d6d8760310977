// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of event a log tells of. */
public enum EventKind {
  /** Something ended a process to get memory back. */
  OOM_KILL,
  /** A JVM ran out of its own limits and said so. */
  JAVA_OOM,
  /** A JVM gave up because the system refused it memory, or crashed. */
  JVM_ABORT,
  /** A process was killed, and this text does not say by whom or why. */
  KILLED,
  /** Shared memory ran out. */
  SHM_EXHAUSTED,
  /** Memory or a thread was refused to a process, which nobody killed. */
  REFUSED,
  /**
   * It reads like a kill, and is none: a survey, a dry run, a refusal, a victim that was spared.
   */
  NO_KILL;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
