// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.VerdictKind;
import java.util.Locale;

/** When {@code analyze} ends with status 1. */
enum FailOn {
  /** Never: reports only. */
  NEVER,
  /** If there is a critical finding. */
  CRITICAL,
  /** If there is a finding that is critical or a warning. */
  WARNING,
  /** If there is any finding. */
  INFO,
  /** If tests or queries left memory behind, however the run ended. */
  LEAK,
  /** If a process ran out of memory, or was killed for it. */
  OOM,
  /** If the verdict is anything but clean. */
  ANY;

  /**
   * Whether a post-mortem has what was asked for.
   *
   * @param leak whether tests or queries left memory behind: a verdict on how a run ended says
   *     nothing of that
   */
  boolean fails(PostMortem postMortem, boolean leak) {
    VerdictKind kind = postMortem.verdict().kind();
    return switch (this) {
      case NEVER -> false;
      case CRITICAL -> has(postMortem, Severity.CRITICAL);
      case WARNING -> has(postMortem, Severity.WARNING);
      case INFO -> has(postMortem, Severity.INFO);
      case LEAK -> leak;
      case OOM -> kind == VerdictKind.OOM_KILL || kind == VerdictKind.JAVA_OOM;
      case ANY -> kind != VerdictKind.CLEAN;
    };
  }

  private static boolean has(PostMortem postMortem, Severity least) {
    return postMortem.findings().stream()
        .anyMatch(finding -> finding.severity().compareTo(least) <= 0);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
