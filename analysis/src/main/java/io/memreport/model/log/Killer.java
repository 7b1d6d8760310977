// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who kills processes for their memory. */
public enum Killer {
  /** The kernel, because a memory cgroup is at its limit. */
  KERNEL_MEMCG,
  /** The kernel, because the machine is out of memory. */
  KERNEL_GLOBAL,
  /** The kernel, because the memory nodes of a cpuset are full. */
  KERNEL_CPUSET,
  /** The kernel, because the memory nodes of a NUMA policy are full. */
  KERNEL_MEMORY_POLICY,
  /** The kernel, because somebody asked it to through SysRq. */
  KERNEL_SYSRQ,
  /** The kernel; the text does not say for which limit. */
  KERNEL,
  SYSTEMD_OOMD,
  EARLYOOM,
  NOHANG,
  FACEBOOK_OOMD,
  KUBELET,
  MACOS,
  YARN_NODEMANAGER,
  SLURM,
  LSF,
  PBS,
  HTCONDOR,
  LAMBDA,
  HEROKU,
  CLOUD_RUN,
  APP_ENGINE,
  /** The agent of Cloud Foundry's buildpack, which ends a JVM that ran out of its own limits. */
  JVMKILL_AGENT,
  FREEBSD_KERNEL,
  OPENBSD_KERNEL,
  NETBSD_KERNEL,
  /** Android's daemon, and the driver of older kernels that it replaced. */
  ANDROID_LMKD,
  UNKNOWN;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is the kernel of Linux, whose report has a task table. */
  public boolean isLinuxKernel() {
    return this != UNKNOWN && compareTo(KERNEL) <= 0;
  }
}
