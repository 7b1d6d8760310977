// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a process that used a segment. */
public enum ProcessFate {
  ALIVE,
  DEAD,
  /** It ended, and its parent has not asked how: it holds nothing any more. */
  ZOMBIE,
  /** Its number belongs to a process that began after the segment was used. */
  REUSED,
  /** There was none. */
  NEVER,
  /** It is of another PID namespace, where the kernel shows its number as 0. */
  OUTSIDE,
  UNKNOWN;

  /** The name in JSON and on screen. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can never use the segment again. */
  public boolean isGone() {
    return this == DEAD || this == ZOMBIE || this == REUSED || this == NEVER;
  }
}
