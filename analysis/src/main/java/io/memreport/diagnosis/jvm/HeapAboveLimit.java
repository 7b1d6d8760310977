// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.jvm;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.fix.JvmFix;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** A Java heap that may grow beyond what its limit has room for. */
public final class HeapAboveLimit implements SettingRule {
  private static final long MIB = 1 << 20;

  @Override
  public String id() {
    return "jvm.heap-above-limit";
  }

  @Override
  public String summary() {
    return "The Java heap may grow beyond the memory limit";
  }

  @Override
  public String why() {
    return "The JVM collects garbage in earnest only as the heap nears -Xmx. If that, with what is"
        + " beside the heap, is more than the limit of the cgroup, the kernel kills the JVM first."
        + " memreport reports runs whose -Xmx and the least that was ever resident outside the heap exceed"
        + " their limit; mapped files are left out, which the kernel can take back.";
  }

  @Override
  public String advice() {
    return "Set -Xmx, or -XX:MaxRAMPercentage, so that the heap and all that is beside it fit the limit;"
        + " or raise the limit.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        "docker run --memory=512m image java -Xmx512m -jar app.jar",
        "docker run --memory=512m image java -Xmx300m -jar app.jar");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    Map<String, Finding> byEvidence = new LinkedHashMap<>();
    Map<String, Integer> runs = new LinkedHashMap<>();
    for (Run run : facts.runs()) {
      Long most = ContainerNotSeen.applies(run) ? null : ContainerNotSeen.maxHeap(run);
      Long limit = run.limitBytes();
      if (most == null || limit == null) {
        continue;
      }
      LongSummaryStatistics beside = beside(facts, run);
      if (most + (beside.getCount() == 0 ? 0 : beside.getMin()) > limit) {
        String same = most + " " + limit;
        byEvidence.putIfAbsent(same, finding(run, most, beside, limit));
        runs.merge(same, 1, Integer::sum);
      }
    }
    List<Finding> findings = new ArrayList<>();
    byEvidence.forEach((same, finding) -> findings.add(ofAll(finding, runs.get(same))));
    return findings;
  }

  private Finding finding(Run run, long most, LongSummaryStatistics beside, long limit) {
    boolean known = beside.getCount() > 0;
    long room = known ? (long) (DeathCase.PLANNED * limit) - beside.getMax() : 0;
    return new Finding(
        id(),
        Severity.WARNING,
        "The Java heap may grow to "
            + Units.bytes(most)
            + " under a limit of "
            + Units.bytes(limit),
        known
            ? "Beside the heap "
                + Units.bytes(beside.getMin())
                + " to "
                + Units.bytes(beside.getMax())
                + " were resident: with a full heap that is up to "
                + Units.bytes(most + beside.getMax())
            : "-Xmx is above the limit, and what is beside the heap is not known",
        room < MIB
            ? advice()
            : "Set -Xmx"
                + room / MIB
                + "m or less, which leaves a tenth of the limit free; or raise the limit to "
                + Units.bytes((long) Math.ceil((most + beside.getMax()) / DeathCase.PLANNED))
                + ".",
        run.id(),
        null,
        room < MIB ? null : JvmFix.bound(JvmFix.MAX_HEAP, most, room, null));
  }

  private static Finding ofAll(Finding first, int runs) {
    return runs == 1
        ? first
        : new Finding(
            first.id(),
            first.severity(),
            first.title(),
            first.evidence() + "; " + runs + " runs were set up like this",
            first.advice(),
            first.where(),
            first.bytes(),
            first.fix());
  }

  private static LongSummaryStatistics beside(Facts facts, Run run) {
    return Samples.of(facts, run).all().stream()
        .filter(sample -> sample.rssBytes() != null && sample.javaHeapBytes() != null)
        .mapToLong(HeapAboveLimit::beside)
        .summaryStatistics();
  }

  private static long beside(MemorySample sample) {
    long mapped = sample.mappedFileBytes() == null ? 0 : sample.mappedFileBytes();
    return Math.max(0, sample.rssBytes() - sample.javaHeapBytes() - mapped);
  }
}
