// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.jvm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.List;

/** A JVM that sized its heap by the machine although a container limits it. */
public final class ContainerNotSeen implements SettingRule {
  /** By default a quarter of the memory that the JVM sees; some collectors report a bit less. */
  private static final double LEAST = 0.235;

  private static final double MOST = 0.255;

  @Override
  public String id() {
    return "jvm.container-not-seen";
  }

  @Override
  public String summary() {
    return "The JVM sized its heap by the machine and not by its container";
  }

  @Override
  public String why() {
    return "Without -Xmx the heap may take a quarter of the memory that the JVM sees. Linux 6.12 and later"
        + " list no memory controller in /proc/cgroups, where JDKs before 25 without a fix for that"
        + " (JDK-8346874, JDK-8347811) look for one: they see the whole machine, and are killed at the"
        + " limit of the container. memreport reports runs whose heap may take a quarter of the machine, and"
        + " that is above their limit.";
  }

  @Override
  public String advice() {
    return "Set -Xmx below the limit, or use a JDK that sees it: java -XshowSettings:system -version"
        + " prints the limit that it found.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        docker run --memory=2g image java -jar app.jar           # 64 GB machine: a heap of 16 GB""",
        "docker run --memory=2g image java -Xmx1200m -jar app.jar");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    return facts.runs().stream()
        .filter(ContainerNotSeen::applies)
        .limit(1)
        .map(this::finding)
        .toList();
  }

  static Long maxHeap(Run run) {
    return run.context().limits() == null ? null : run.context().limits().maxHeapBytes();
  }

  static boolean applies(Run run) {
    Long most = maxHeap(run);
    Long machine = run.context().machineBytes();
    if (most == null || machine == null || run.limitBytes() == null) {
      return false;
    }
    double share = (double) most / machine;
    return most > run.limitBytes() && share >= LEAST && share <= MOST;
  }

  private Finding finding(Run run) {
    return new Finding(
        id(),
        Severity.WARNING,
        "The JVM sized its heap by the machine, not by its limit of "
            + Units.bytes(run.limitBytes()),
        "Its heap may grow to "
            + Units.bytes(maxHeap(run))
            + ", a quarter of the "
            + Units.bytes(run.context().machineBytes())
            + " that the machine has"
            + (run.context().jvm() == null ? "" : "; the JVM is " + run.context().jvm()),
        advice(),
        run.id());
  }
}
