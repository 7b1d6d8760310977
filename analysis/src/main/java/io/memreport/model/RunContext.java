// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.OomdRule;
import java.time.Instant;

/**
 * Where a run took place; each fact may be null.
 *
 * @param command main class and arguments, without secrets
 * @param cgroupPath its memory cgroup as the process itself sees it
 * @param machineBytes memory of the machine
 * @param bootedAt when the machine started, by the clock of the run
 * @param signal the signal that asked the JVM to end, as SIGTERM
 * @param oomd when systemd-oomd would kill there, null without it
 * @param pidsInNamespaces its numbers from the recorder's PID namespace down, as {@code 4711 12}
 */
public record RunContext(
    String command,
    String jvm,
    String cgroupPath,
    String cgroupVersion,
    Long machineBytes,
    Instant bootedAt,
    String signal,
    String pidsInNamespaces,
    JvmLimits limits,
    OomdRule oomd) {
  /** Of a recording without a run folder. */
  public static final RunContext NONE =
      new RunContext(null, null, null, null, null, null, null, null, null, null);
}
