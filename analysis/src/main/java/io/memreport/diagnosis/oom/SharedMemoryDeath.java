// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** Files in memory that outlive every process. */
public final class SharedMemoryDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.shared-memory";
  }

  @Override
  public String summary() {
    return "A JVM was killed while tmpfs or shared memory filled its cgroup";
  }

  @Override
  public String why() {
    return "Files in tmpfs and /dev/shm and System V segments are charged to the cgroup that first"
        + " touched them, and stay when their process is killed: the next one is killed at once."
        + " Reported if they are 30 % or more of what the cgroup used.";
  }

  @Override
  public String advice() {
    return "Find what lies there and remove it: df -h -t tmpfs; ls -lS /dev/shm; ipcs -m -p; then rm the"
        + " file or ipcrm -m ID. Put temporary files on a disk (-Djava.io.tmpdir), and delete them when"
        + " the test ends.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        "java -Djava.io.tmpdir=/dev/shm -jar app.jar",
        "java -Djava.io.tmpdir=/var/tmp -jar app.jar");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.SHARED_MEMORY)) {
      return null;
    }
    return death.finding(
        this,
        "Shared memory filled the cgroup " + death.whenKilled(),
        death.cause().clause() + Names.taking(death.first()),
        advice());
  }
}
