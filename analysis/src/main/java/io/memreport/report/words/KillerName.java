// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.model.Kill;
import io.memreport.model.log.Killer;
import io.memreport.model.verdict.VerdictKind;

/** Who ended a run, in words. */
public final class KillerName {
  private KillerName() {}

  /**
   * As in {@code the kernel, at the limit of its cgroup}; a JVM that ran into its own limits was
   * ended by nobody else.
   */
  public static String of(Kill kill) {
    if (kill.kind() == VerdictKind.JAVA_OOM || kill.kind() == VerdictKind.JVM_ABORT) {
      return "nobody";
    }
    if (kill.event() == null) {
      return "not known";
    }
    Killer killer = kill.event().event().killer();
    return killer == Killer.UNKNOWN ? "not in the log" : of(killer);
  }

  /** With the limit that it kills for, where its name does not tell. */
  static String of(Killer killer) {
    return killer.words()
        + switch (killer) {
          case KERNEL_MEMCG -> ", at the limit of its cgroup";
          case KERNEL_GLOBAL -> ", because the machine was full";
          case KERNEL_CPUSET -> ", because the memory nodes of its cpuset were full";
          case KERNEL_MEMORY_POLICY -> ", because the memory nodes of its NUMA policy were full";
          case KERNEL_SYSRQ -> ", because somebody asked it to through SysRq";
          default -> "";
        };
  }
}
