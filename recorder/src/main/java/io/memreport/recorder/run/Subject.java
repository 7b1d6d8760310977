// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.recorder.redact.CommandLine;

/**
 * Whom a run is about.
 *
 * @param role {@link RunEvent#SUPERVISOR}, or null of a JVM that is watched for its own sake
 * @param command what it runs, without secrets, or null
 * @param cgroup whose memory is looked at
 */
public record Subject(String role, String command, Cgroup cgroup) {

  /** This JVM. */
  public static Subject thisJvm() {
    return new Subject(null, CommandLine.ofThisJvm(), Cgroup.ofThisProcess());
  }

  /**
   * The processes below this one.
   *
   * @param command what was started, without secrets
   * @param cgroup in which they live
   */
  public static Subject below(String command, Cgroup cgroup) {
    return new Subject(RunEvent.SUPERVISOR, command, cgroup);
  }
}
