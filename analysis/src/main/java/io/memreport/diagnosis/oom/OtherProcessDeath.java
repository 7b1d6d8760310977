// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;

/** A limit that something beside the JVM used up. */
public final class OtherProcessDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.other-process";
  }

  @Override
  public String summary() {
    return "A JVM was killed although other processes of its cgroup held most of the memory";
  }

  @Override
  public String why() {
    return "The kernel kills the process that is largest by itself when the limit of the cgroup is"
        + " reached, however many others used it up. Making the JVM smaller only moves the kill."
        + " Reported if the JVM held half or less of what its cgroup used.";
  }

  @Override
  public String advice() {
    return "Give the other processes a cgroup of their own, as a container of their own or with"
        + " systemd-run --user --scope -p MemoryMax=1G, run fewer of them at a time, end those that"
        + " tests leave running, or raise the limit.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        docker run --memory=512m image sh -c 'chrome & java -jar tests.jar'""",
        """
        docker run --memory=512m chrome-image &
        docker run --memory=512m image java -jar tests.jar""");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.OTHER_PROCESS) && !death.isKillBy(Cause.CHILD_PROCESSES)) {
      return null;
    }
    return new Finding(
        id(),
        Severity.CRITICAL,
        "Other processes held the memory " + death.whenKilled(),
        death.cause().clause(),
        advice(),
        death.run().id());
  }
}
