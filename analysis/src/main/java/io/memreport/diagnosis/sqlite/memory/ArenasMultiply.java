// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.fix.EnvironmentFix;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** More kept than SQLite ever held at once: each thread's arena keeps a peak of its own. */
public final class ArenasMultiply implements SettingRule {
  private static final double MORE = 1.3;
  private static final double HALF = 0.5;
  private static final double WORST = 0.6;

  @Override
  public String id() {
    return "sqlite.arenas-multiply";
  }

  @Override
  public String summary() {
    return "Threads took turns, and the arena of each kept its peak";
  }

  @Override
  public String why() {
    return "glibc gives threads arenas of their own, up to eight for each CPU. Where queries wander over a"
        + " pool of threads, each arena grows to the peak of the largest query that ran there, and keeps it."
        + " memreport reports runs whose arenas keep "
        + MORE
        + " times as much as SQLite ever held at once, and "
        + Units.bytes(KeptByMalloc.THRESHOLD_BYTES)
        + " or more.";
  }

  @Override
  public String advice() {
    return "Set MALLOC_ARENA_MAX=2 in the JVM's environment, run heavy queries on a small executor of fixed"
        + " threads, and return what is kept with -XX:TrimNativeHeapInterval=5000.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -jar app.jar                     # glibc: up to eight arenas for each processor""",
        "MALLOC_ARENA_MAX=2 java -jar app.jar");
  }

  @Override
  public Fix example() {
    return EnvironmentFix.of("MALLOC_ARENA_MAX", "2");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Run run : facts.runs()) {
      ProcessMemory memory = facts.service().lastMemory(run.id());
      Long kept = memory == null ? null : memory.keptByMallocBytes();
      long highest = highestLive(facts, run);
      if (kept != null
          && kept >= KeptByMalloc.THRESHOLD_BYTES
          && highest >= KeptByMalloc.THRESHOLD_BYTES / 2
          && kept > MORE * highest
          && KeptByMalloc.usesSqlite(facts, run)) {
        Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, run.id()));
        double score = WORST * Score.share(kept, budget == null ? null : HALF * budget);
        findings.add(
            new Finding(
                id(),
                Score.severity(score),
                "malloc keeps " + Units.bytes(kept) + ", more than SQLite ever held at once",
                "SQLite held at most " + Units.bytes(highest) + " in a sample",
                advice(),
                run.id(),
                kept,
                example()));
      }
    }
    return findings;
  }

  private static long highestLive(Facts facts, Run run) {
    return facts.timeline().samples().stream()
        .filter(sample -> sample.runId().equals(run.id()))
        .map(MemorySample::sqliteBytes)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }
}
