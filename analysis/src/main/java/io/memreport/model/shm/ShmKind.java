// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose calls make it: {@code shmget}, or {@code shm_open} and files in {@code /dev/shm}. */
public enum ShmKind {
  SYSV,
  POSIX;

  /** The name in JSON and on screen. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
