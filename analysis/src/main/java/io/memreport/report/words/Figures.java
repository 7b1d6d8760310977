// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.diagnosis.words.Units;

/** Byte counts of which some are unknown. */
public final class Figures {
  private Figures() {}

  public static String bytes(Long bytes) {
    return bytes == null ? "unknown" : Units.bytes(bytes);
  }

  /** For ordering only: what is unknown weighs nothing. */
  public static Long sum(Long one, Long other) {
    return (one == null ? 0 : one) + (other == null ? 0 : other);
  }
}
