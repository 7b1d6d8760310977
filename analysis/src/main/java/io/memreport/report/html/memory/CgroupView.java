// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.NeighbourProcess;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Who used the memory of a run's cgroup when it was last looked at. The parts sum to the usage. */
public record CgroupView(
    String run,
    String path,
    Measure usage,
    String limit,
    String counters,
    List<Part> parts,
    List<Neighbour> processes) {

  /** One owner. */
  public record Part(String label, String meaning, Measure bytes) {}

  /** A process beside the JVM. */
  public record Neighbour(String name, long pid, String role, Measure bytes) {}

  public static List<CgroupView> of(PostMortem postMortem) {
    Set<String> died = postMortem.kills().stream().map(Kill::runId).collect(Collectors.toSet());
    return postMortem.watched().stream()
        .sorted(Comparator.comparing(run -> !died.contains(run.id())))
        .map(run -> of(run, postMortem.timeline().lastCgroup(run.id())))
        .filter(Objects::nonNull)
        .toList();
  }

  private static CgroupView of(Run run, CgroupSample cgroup) {
    if (cgroup == null || cgroup.usageBytes() == null) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    part(parts, "This JVM", "its anonymous memory", cgroup.ownBytes());
    part(parts, "Child processes", "anonymous memory of what it started", cgroup.childBytes());
    part(parts, "Other processes", "anonymous memory of the rest", cgroup.siblingBytes());
    part(
        parts,
        "tmpfs and shared memory",
        "of whatever process, or of none any more; no kill frees it",
        cgroup.shmemBytes());
    part(
        parts, "Page cache", "files, which the kernel takes back when it must", cgroup.fileBytes());
    part(parts, "Kernel", "stacks, page tables, slabs", cgroup.kernelBytes());
    long known = parts.stream().mapToLong(part -> Reasons.orZero(part.bytes().value())).sum();
    if (known <= cgroup.usageBytes()) {
      part(
          parts,
          "Other",
          "charged, and counted by none of these",
          Long.valueOf(cgroup.usageBytes() - known));
    }
    return new CgroupView(
        VisibleText.label(run.id()),
        run.context().cgroupPath() == null ? "" : VisibleText.line(run.context().cgroupPath()),
        Measure.bytes(cgroup.usageBytes()),
        cgroup.limitBytes() == null ? "" : Units.bytes(cgroup.limitBytes()),
        counters(cgroup),
        parts,
        cgroup.processes().stream().map(CgroupView::process).toList());
  }

  private static void part(List<Part> parts, String label, String meaning, Long bytes) {
    parts.add(new Part(label, meaning, Measure.bytes(bytes, "the kernel does not say")));
  }

  private static Neighbour process(NeighbourProcess process) {
    return new Neighbour(
        VisibleText.line(String.valueOf(process.name())),
        process.pid(),
        process.child() ? "started by this JVM" : "another process",
        Measure.bytes(process.bytes()));
  }

  private static String counters(CgroupSample cgroup) {
    List<String> texts = new ArrayList<>();
    if (cgroup.peakBytes() != null) {
      texts.add("It used at most " + Units.bytes(cgroup.peakBytes()) + ".");
    }
    counter(texts, cgroup.limitReached(), "Its limit was reached");
    counter(texts, cgroup.throttled(), "memory.high slowed it down");
    if (cgroup.oomKills() != null && cgroup.oomKills() > 0) {
      texts.add("The kernel had killed " + cgroup.oomKills() + " of its processes before.");
    }
    return String.join(" ", texts);
  }

  private static void counter(List<String> texts, Long count, String what) {
    if (count != null && count > 0) {
      texts.add(what + " " + Measure.grouped(count) + (count == 1 ? " time." : " times."));
    }
  }
}
