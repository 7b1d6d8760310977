// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.TableChildren;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Run;
import io.memreport.model.log.TaskRow;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A run that died because processes beside its JVM, or below it, held more than it did. */
final class OtherProcesses {
  private static final int CULPRITS = 5;

  private final LastMoment end;

  private OtherProcesses(LastMoment end) {
    this.end = end;
  }

  /** Null where this JVM held most, or where nobody saw who else did. */
  static CauseOfDeath in(LastMoment end) {
    return new OtherProcesses(end).explanation();
  }

  private CauseOfDeath explanation() {
    Long held = end.held();
    Long usage = end.usage();
    if (held == null || usage == null || held > LastMoment.MOST * usage) {
      return null;
    }
    if (end.event() == null || end.event().tasks() == null) {
      return neighbours(held);
    }
    Set<Long> own = end.facts().runs().stream().map(Run::pid).collect(Collectors.toSet());
    if (end.victim() != null) {
      own.add(end.victim().pid());
    }
    Map<String, Long> byName = new LinkedHashMap<>();
    for (TaskRow row : end.event().tasks().largest()) {
      if (!own.contains(row.pid())) {
        byName.merge(String.valueOf(row.name()), row.heldBytes(), Long::sum);
      }
    }
    long others = byName.values().stream().mapToLong(bytes -> bytes).sum();
    Map.Entry<String, Long> largest =
        byName.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
    if (largest == null || others < held) {
      return null;
    }
    CauseOfDeath children = children(others, own);
    if (children != null) {
      return children;
    }
    long count =
        end.event().tasks().largest().stream()
            .filter(row -> largest.getKey().equals(row.name()) && !own.contains(row.pid()))
            .count();
    String who =
        (count > 1 ? count + " processes " : "the process ") + Names.shown(largest.getKey());
    return new CauseOfDeath(
        Cause.OTHER_PROCESS,
        who + " beside this JVM held " + Units.bytes(largest.getValue()),
        who,
        "beside it held " + Units.bytes(largest.getValue()),
        List.of(new Culprit("process", largest.getKey(), largest.getKey(), largest.getValue())),
        List.of(
            new Evidence(
                "In the kernel's table, processes that are none of these JVMs held "
                    + Units.bytes(others)
                    + ", this one "
                    + Units.bytes(held),
                "kernel-log",
                null)));
  }

  /** Where most of what others held is of processes that this JVM had started. */
  private CauseOfDeath children(long others, Set<Long> own) {
    TableChildren children =
        TableChildren.of(
            end.facts(),
            end.run(),
            end.event().tasks().largest().stream()
                .filter(row -> !own.contains(row.pid()))
                .toList());
    if (children.bytes() <= LastMoment.MOST * others) {
      return null;
    }
    String who = "processes that this JVM started";
    return new CauseOfDeath(
        Cause.CHILD_PROCESSES,
        who + " held " + Units.bytes(children.bytes()),
        who,
        "held " + Units.bytes(children.bytes()),
        children.culprits(),
        List.of(
            new Evidence(
                "In the kernel's table " + who + " held " + Units.bytes(children.bytes()),
                "kernel-log",
                null)));
  }

  /** The same from what the recording saw of the cgroup. */
  private CauseOfDeath neighbours(long held) {
    CgroupSample cgroup = end.facts().timeline().lastCgroup(end.run().id());
    if (cgroup == null || cgroup.childBytes() == null || cgroup.siblingBytes() == null) {
      return null;
    }
    boolean child = cgroup.childBytes() > cgroup.siblingBytes();
    long bytes = Math.max(cgroup.childBytes(), cgroup.siblingBytes());
    if (bytes < held || end.isUnseen()) {
      return null;
    }
    List<Culprit> culprits =
        cgroup.processes().stream()
            .filter(process -> process.child() == child)
            .limit(CULPRITS)
            .map(
                process ->
                    new Culprit(
                        "process", Long.toString(process.pid()), process.name(), process.bytes()))
            .toList();
    String who = child ? "processes that this JVM started" : "processes beside this JVM";
    return new CauseOfDeath(
        child ? Cause.CHILD_PROCESSES : Cause.OTHER_PROCESS,
        who + " held " + Units.bytes(bytes),
        who,
        "held " + Units.bytes(bytes),
        culprits,
        List.of(
            new Evidence(
                "In its cgroup " + who + " held " + Units.bytes(bytes), "recording", cgroup.at())));
  }
}
