// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.VerdictKind;
import java.util.Locale;

/** When {@code analyze} ends with status 1. Each level from KILLED on includes those before it. */
public enum FailOn {
  /** Never: reports only. */
  NEVER,
  /** If a JVM ran out of memory, aborted or was killed. */
  KILLED,
  /** If tests or queries left memory behind too, however the run ended. */
  LEAK,
  /** If there is a finding that is critical or a warning too. */
  WARNING,
  /** If there is any finding too, or the verdict is anything but clean. */
  INFO,
  /** Another name for KILLED. */
  OOM,
  /** Another name for INFO. */
  ANY;

  /**
   * Whether a post-mortem has what was asked for.
   *
   * @param leak whether tests or queries left memory behind: a verdict on how a run ended says
   *     nothing of that
   */
  public boolean fails(PostMortem postMortem, boolean leak) {
    return switch (this) {
      case NEVER -> false;
      case KILLED, OOM -> killed(postMortem);
      case LEAK -> killed(postMortem) || left(postMortem, leak);
      case WARNING ->
          killed(postMortem) || left(postMortem, leak) || has(postMortem, Severity.WARNING);
      case INFO, ANY ->
          has(postMortem, Severity.INFO) || leak || !isHealthy(postMortem.verdict().kind());
    };
  }

  private static boolean killed(PostMortem postMortem) {
    return !postMortem.kills().isEmpty()
        || switch (postMortem.verdict().kind()) {
          case OOM_KILL, JAVA_OOM, KILLED, JVM_ABORT -> true;
          default -> false;
        };
  }

  /** Shared memory that ran out was left behind by somebody, if only by an earlier run. */
  private static boolean left(PostMortem postMortem, boolean leak) {
    return leak || postMortem.verdict().kind() == VerdictKind.SHM_EXHAUSTED;
  }

  private static boolean isHealthy(VerdictKind kind) {
    return kind == VerdictKind.CLEAN || kind == VerdictKind.RUNNING;
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
