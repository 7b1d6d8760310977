// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of something that was to be cleaned. */
public enum ShmOutcome {
  /** It was only to be shown. */
  WOULD_REMOVE,
  REMOVED,
  WOULD_STOP,
  STOPPED,
  /** Somebody else removed it in the meantime, or it ended. */
  ALREADY_GONE,
  /** At the last look it was not, or not for us, to be removed. */
  KEPT,
  FAILED;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
