// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who kills processes for their memory. */
public enum Killer {
  /** The kernel, because a memory cgroup is at its limit. */
  KERNEL_MEMCG("the kernel"),
  /** The kernel, because the machine is out of memory. */
  KERNEL_GLOBAL("the kernel"),
  /** The kernel, because the memory nodes of a cpuset are full. */
  KERNEL_CPUSET("the kernel"),
  /** The kernel, because the memory nodes of a NUMA policy are full. */
  KERNEL_MEMORY_POLICY("the kernel"),
  /** The kernel, because somebody asked it to through SysRq. */
  KERNEL_SYSRQ("the kernel"),
  /** The kernel; the text does not say for which limit. */
  KERNEL("the kernel"),
  SYSTEMD_OOMD("systemd-oomd"),
  EARLYOOM("earlyoom"),
  NOHANG("nohang"),
  FACEBOOK_OOMD("oomd"),
  KUBELET("the kubelet"),
  MACOS("macOS"),
  YARN_NODEMANAGER("YARN's NodeManager"),
  SLURM("Slurm"),
  LSF("LSF"),
  PBS("PBS"),
  HTCONDOR("HTCondor"),
  /** What watches the workers of a pool and ends those that hold too much. */
  SUPERVISOR("its supervisor"),
  LAMBDA("AWS Lambda"),
  HEROKU("Heroku"),
  CLOUD_RUN("Cloud Run"),
  APP_ENGINE("App Engine"),
  /** The agent of Cloud Foundry's buildpack, which ends a JVM that ran out of its own limits. */
  JVMKILL_AGENT("the jvmkill agent"),
  FREEBSD_KERNEL("FreeBSD's kernel"),
  OPENBSD_KERNEL("OpenBSD's kernel"),
  NETBSD_KERNEL("NetBSD's kernel"),
  AIX_KERNEL("AIX's kernel"),
  /** Android's daemon, and the driver of older kernels that it replaced. */
  ANDROID_LMKD("Android's low-memory killer"),
  UNKNOWN("nobody who is known");

  private final String words;

  Killer(String words) {
    this.words = words;
  }

  /** Who that is, within a sentence. */
  public String words() {
    return words;
  }

  /** The name in JSON: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is the kernel of Linux, whose report has a task table. */
  public boolean isLinuxKernel() {
    return this != UNKNOWN && compareTo(KERNEL) <= 0;
  }
}
