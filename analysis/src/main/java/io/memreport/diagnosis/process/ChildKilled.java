// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.process;

import io.memreport.diagnosis.death.ChildKills;
import io.memreport.diagnosis.death.Deaths;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.model.Facts;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The kernel killed a process that the JVM had started. */
public final class ChildKilled implements SettingRule {
  @Override
  public String id() {
    return "process.oom-killed";
  }

  @Override
  public String summary() {
    return "The kernel killed a process that the JVM had started";
  }

  @Override
  public String why() {
    return "A limit of a cgroup counts all processes in it. When it is reached the kernel kills the one that is"
        + " largest by itself, and that need not be the JVM: a server or tool that a test started dies, and the"
        + " test fails for no reason that it can see. Process.destroyForcibly ends a process in the same way."
        + " Reported if the kernel's own counter or log tells of such a kill, however little the process held.";
  }

  @Override
  public String advice() {
    return "Give that process less to do, or a limit of its own (shared_buffers of PostgreSQL, -Xmx of a JVM), start"
        + " fewer of them at a time, or raise the limit of the container or cgroup.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        new ProcessBuilder("java", "-jar", "render.jar").start(); // may take a quarter of the machine""",
        """
        new ProcessBuilder("java", "-Xmx128m", "-jar", "render.jar").start();""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    ChildKills.Found found = ChildKills.of(facts);
    if (found == null) {
      return List.of();
    }
    Verdict verdict = found.verdict();
    if (isTold(facts, verdict)) {
      return List.of();
    }
    String where =
        verdict.culprits().stream()
            .filter(culprit -> culprit.type().equals("test"))
            .map(Culprit::id)
            .findFirst()
            .orElse(verdict.culprits().isEmpty() ? null : verdict.culprits().get(0).id());
    return List.of(
        new Finding(
            id(),
            Severity.CRITICAL,
            verdict.headline(),
            verdict.evidence().stream().map(Evidence::text).collect(Collectors.joining("; ")),
            found.advice() == null ? advice() : found.advice(),
            where));
  }

  /** What was killed may be a JVM that was recorded itself, and has its own finding. */
  private static boolean isTold(Facts facts, Verdict verdict) {
    Set<Long> killed =
        Deaths.of(facts).stream()
            .filter(death -> death.kind() == VerdictKind.OOM_KILL)
            .map(death -> death.run().pid())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (verdict.culprits().isEmpty()) {
      return killed.size() >= ChildKills.counted(facts);
    }
    return facts.shared().processes().stream()
        .filter(process -> process.id().equals(verdict.culprits().get(0).id()))
        .anyMatch(process -> killed.contains(process.pid()));
  }
}
