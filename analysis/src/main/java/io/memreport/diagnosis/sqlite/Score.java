// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.verdict.Severity;

/** How bad something is, from 0 to 100, and where that becomes a warning. */
public final class Score {
  private static final double WARNING = 20;
  private static final double CRITICAL = 80;

  private Score() {}

  /** So much of 100 as {@code part} is of {@code whole}; nothing of an unknown or empty whole. */
  public static double share(double part, Double whole) {
    return whole == null || whole <= 0 ? 0 : 100 * clamp(part / whole);
  }

  /** Between 0 and 1. */
  public static double clamp(double value) {
    return Math.max(0, Math.min(1, value));
  }

  public static Severity severity(double score) {
    if (score >= CRITICAL) {
      return Severity.CRITICAL;
    }
    return score >= WARNING ? Severity.WARNING : Severity.INFO;
  }
}
