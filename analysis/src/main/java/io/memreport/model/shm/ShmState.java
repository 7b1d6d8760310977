// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is known of a segment's use. */
public enum ShmState {
  IN_USE,
  /** Nobody uses it, and nobody who knew of it lives. */
  ORPHAN,
  /** A PostgreSQL server holds it, and whoever started that server is gone. */
  ABANDONED_SERVER,
  /** Nobody uses it now, and it is for another user to judge. */
  NOT_OURS,
  UNKNOWN;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
