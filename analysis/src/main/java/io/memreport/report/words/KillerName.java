// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.Kill;
import io.memreport.model.log.Killer;
import io.memreport.model.verdict.VerdictKind;

/** Who ended a run, in words. */
public final class KillerName {
  private KillerName() {}

  /** As in {@code kernel-memcg}; a JVM that ran into its own limits was ended by nobody else. */
  public static String of(Kill kill) {
    if (kill.kind() == VerdictKind.JAVA_OOM || kill.kind() == VerdictKind.JVM_ABORT) {
      return "nobody";
    }
    if (kill.event() == null) {
      return "not known";
    }
    Killer killer = kill.event().event().killer();
    return killer == Killer.UNKNOWN ? "not in the log" : killer.label();
  }
}
