// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.fix.JvmFix;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.ArrayList;
import java.util.List;

/** Memory that was freed and that the C library did not return to the system. */
public final class KeptByMalloc implements SettingRule {
  static final long THRESHOLD_BYTES = 64L << 20;

  private static final double SHARE_OF_RSS = 0.1;
  private static final double HALF = 0.5;
  private static final double AT_LEAST = 20;
  private static final double AT_MOST = 75;

  @Override
  public String id() {
    return "sqlite.kept-by-malloc";
  }

  @Override
  public String summary() {
    return "SQLite freed memory, but malloc did not return it to the system";
  }

  @Override
  public String why() {
    return "glibc's malloc returns memory at the end of an arena only: one block in use keeps all that is"
        + " free below it. So the process stays as large as it was at its peak, while SQLite holds almost"
        + " nothing. It is no leak: the next query uses the free blocks again. See malloc_trim(3). memreport reports"
        + " runs that used SQLite if free blocks of malloc's arenas are "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more of resident memory, and a tenth of all of it.";
  }

  @Override
  public String advice() {
    return "Now: jcmd PID System.trim_native_heap, which calls malloc_trim for all arenas (JDK 17.0.9, 18 and"
        + " later, glibc only). For good: -XX:TrimNativeHeapInterval=5000, which does so every 5 s."
        + " MALLOC_ARENA_MAX=2 returns nothing, it bounds how many threads keep a peak of their own;"
        + " MALLOC_TRIM_THRESHOLD_ does not help here. Or avoid allocating it: bound sorts with"
        + " temp_store=FILE and caches with cache_size.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -jar app.jar                                 # stays as large as it once was""",
        "java -XX:TrimNativeHeapInterval=5000 -jar app.jar");
  }

  @Override
  public Fix example() {
    return JvmFix.option("-XX:TrimNativeHeapInterval=", "5000");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Run run : facts.runs()) {
      ProcessMemory memory = facts.service().lastMemory(run.id());
      Long kept = memory == null ? null : memory.keptByMallocBytes();
      Long rss = run.memoryAtEnd() == null ? null : run.memoryAtEnd().rssBytes();
      if (kept != null
          && rss != null
          && kept >= THRESHOLD_BYTES
          && kept >= SHARE_OF_RSS * rss
          && usesSqlite(facts, run)) {
        findings.add(finding(facts, run, kept, rss));
      }
    }
    return findings;
  }

  @Override
  public List<String> undecided(Facts facts) {
    for (Run run : facts.runs()) {
      ProcessMemory memory = facts.service().lastMemory(run.id());
      if (usesSqlite(facts, run) && (memory == null || memory.keptByMallocBytes() == null)) {
        return List.of(
            "How much memory malloc kept in "
                + run.id()
                + " is not known: that takes glibc 2.33 or later and native=sqlite");
      }
    }
    return List.of();
  }

  static boolean usesSqlite(Facts facts, Run run) {
    return facts.connections().stream()
        .anyMatch(c -> c.runId().equals(run.id()) && Settings.isSqlite(c));
  }

  private Finding finding(Facts facts, Run run, long kept, long rss) {
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, run.id()));
    double score = Score.share(kept, budget == null ? null : HALF * budget);
    Long sqlite = run.memoryAtEnd().sqliteBytes();
    return new Finding(
        id(),
        Score.severity(Math.min(AT_MOST, Math.max(AT_LEAST, score))),
        Units.bytes(kept) + " were freed, but not returned to the system",
        "Of "
            + Units.bytes(rss)
            + " resident, "
            + Units.bytes(kept)
            + " lie free in malloc's arenas"
            + (sqlite == null ? "" : "; SQLite itself holds " + Units.bytes(sqlite)),
        advice() + " A trim would leave " + Units.bytes(rss - kept) + " resident.",
        run.id(),
        kept,
        example());
  }
}
