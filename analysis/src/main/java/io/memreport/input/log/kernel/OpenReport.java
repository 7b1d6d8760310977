// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.event.DuplicateKills;
import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;

/** What the lines of one report told so far. Lines before the first that counts may be of none. */
final class OpenReport {
  /** Null while there is no report. */
  EventBuilder event;

  KernelTaskTable tasks = new KernelTaskTable();
  KernelMemory memory = new KernelMemory();

  /** Whom old kernels choose, before they kill it or another in its place. */
  Victim chosen;

  /** Whom the summary line names: the same as the kill line, which may be missing. */
  Victim summed;

  /** Asked for by SysRq. */
  boolean manual;

  /** Whether a line told of it that is written for nothing else. */
  boolean added;

  void open(LogLine line) {
    event = new EventBuilder(EventKind.OOM_KILL, Killer.KERNEL);
    event.at = line.time();
    tasks = new KernelTaskTable();
    memory = new KernelMemory();
    chosen = null;
    summed = null;
    added = false;
  }

  /** The event counts from now on: this line is written for nothing else. */
  void add(EventLog events, LogLine line) {
    if (event == null) {
      open(line);
    }
    if (!added) {
      EventBuilder place = events.add(event.kind, event.killer);
      place.at = event.at;
      place.limits.addAll(event.limits);
      event = place;
      added = true;
    }
    event.sign(line);
  }

  /**
   * The report is over: what it told is completed, and joined with what others told of the kill.
   */
  void close(EventLog events) {
    if (event == null) {
      return;
    }
    if (added) {
      complete();
    }
    boolean merged =
        added
            && (event.victims.isEmpty()
                ? event.kind == EventKind.OOM_KILL && DuplicateKills.mergeHead(event, events)
                : DuplicateKills.merge(event, events));
    if (added && !merged) {
      explainGaps();
      DuplicateKills.takeUnit(event, events);
    }
    event = null;
    tasks = new KernelTaskTable();
    memory = new KernelMemory();
    chosen = null;
    summed = null;
    manual = false;
  }

  private void complete() {
    if (event.victims.isEmpty() && summed != null && event.kind == EventKind.OOM_KILL) {
      event.victim(summed);
      event.note(UnknownKills.NO_SIZES);
    }
    if (event.victims.isEmpty() && chosen != null && event.kind == EventKind.OOM_KILL) {
      event.victim(chosen);
      event.note(UnknownKills.NO_SIZES);
    }
    event.victims.forEach(victim -> tasks.learnPageSize(victim.pid(), victim.totalVmBytes()));
    event.victims.replaceAll(this::withTable);
    event.tasks = tasks.build();
    LogLimit swap =
        event.limits.stream().filter(limit -> limit.what().equals("swap")).findFirst().orElse(null);
    event.memory = memory.build(event.tasks == null ? 4096 : event.tasks.pageSizeBytes(), swap);
    if (manual) {
      event.killer = Killer.KERNEL_SYSRQ;
    }
    if (event.constraint == null) {
      event.constraint =
          switch (event.killer) {
            case KERNEL_MEMCG -> "CONSTRAINT_MEMCG";
            case KERNEL_GLOBAL, KERNEL_SYSRQ -> "CONSTRAINT_NONE";
            case KERNEL_CPUSET -> "CONSTRAINT_CPUSET";
            case KERNEL_MEMORY_POLICY -> "CONSTRAINT_MEMORY_POLICY";
            default -> null;
          };
    }
  }

  private void explainGaps() {
    if (event.victims.isEmpty() && event.kind == EventKind.OOM_KILL && event.notes.isEmpty()) {
      event.note("The line that names the victim is not in this text.");
    }
  }

  /** The table knows of a victim what the kill line leaves out. */
  private Victim withTable(Victim victim) {
    TaskRow row = tasks.task(victim.pid());
    return row == null
        ? victim
        : new Victim(
            victim.pid(),
            victim.name() == null ? row.name() : victim.name(),
            victim.collateral(),
            victim.uid() == null ? row.uid() : victim.uid(),
            victim.rssBytes() == null ? row.rssBytes() : victim.rssBytes(),
            victim.anonBytes() == null ? row.anonBytes() : victim.anonBytes(),
            victim.fileBytes() == null ? row.fileBytes() : victim.fileBytes(),
            victim.shmemBytes() == null ? row.shmemBytes() : victim.shmemBytes(),
            row.swapBytes(),
            victim.pageTableBytes() == null ? row.pageTableBytes() : victim.pageTableBytes(),
            victim.totalVmBytes() == null ? row.totalVmBytes() : victim.totalVmBytes(),
            victim.oomScoreAdj() == null ? row.oomScoreAdj() : victim.oomScoreAdj());
  }
}
