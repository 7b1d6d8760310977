// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.Units;

/** Byte counts of which some are unknown. */
final class Figures {
  private Figures() {}

  static String bytes(Long bytes) {
    return bytes == null ? "unknown" : Units.bytes(bytes);
  }

  /** For ordering only: what is unknown weighs nothing. */
  static Long sum(Long one, Long other) {
    return (one == null ? 0 : one) + (other == null ? 0 : other);
  }
}
