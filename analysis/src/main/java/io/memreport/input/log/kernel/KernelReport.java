// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.event.DuplicateKills;
import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.Locale;

/**
 * The kernel's report of an OOM kill, from mm/oom_kill.c and mm/memcontrol.c. It is read by the
 * shape of its lines and not by the kernel's version, since vendors carry lines over; each of its
 * parts may be missing: all but the kill line are rate limited, and people cut.
 */
public final class KernelReport implements Recogniser {
  /** So many lines of others may stand between two lines of a report. */
  private static final int PATIENCE = 400;

  /** The kill follows the report at once; one that comes later belongs to another. */
  private static final double SAME_EVENT_SECONDS = 20;

  /** The kernel's words as browsers and tools translate them. */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "内存不足",
          "記憶體不足",
          "メモリ不足",
          "메모리 부족",
          "peicher",
          "émoire",
          "emoria",
          "emória",
          "amięci",
          "амят",
          "geheugen");

  private EventBuilder event;
  private KernelTaskTable tasks = new KernelTaskTable();
  private KernelMemory memory = new KernelMemory();
  private Victim chosen;

  /** Whom the summary line names: the same as the kill line, which may be missing. */
  private Victim summed;

  private boolean manual;
  private boolean added;
  private int strangers;

  @Override
  public List<String> keywords() {
    return List.of(
        "invoked oom-killer",
        "oom-kill:",
        "illed process ",
        "total-vm:",
        "total-vm\uff1a",
        "rss:",
        "rss\uff1a",
        "Kill process ",
        "ut of memory",
        "ut of Memory",
        "oom_reaper",
        "OOM victim",
        "oom.group",
        "total_vm",
        "Memory cgroup ",
        "Memory limit reached of cgroup",
        "killed as a result of limit",
        "Manual OOM execution",
        "moom_callback",
        "No available memory",
        "panic_on_oom",
        "deadlocked on memory");
  }

  /** Rows of the table and statistics have no keyword. */
  @Override
  public boolean isOpen() {
    return event != null && strangers < PATIENCE;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    boolean used = begin(line, events) || kill(line, events) || headOf(line, events) || body(line);
    strangers = used ? 0 : strangers + 1;
    if (event != null && !isOpen()) {
      close(events);
    }
    return used;
  }

  private boolean begin(LogLine line, EventLog events) {
    if (line.has("Manual OOM execution")) {
      close(events);
      manual = true;
      return true;
    }
    String name = line.before(" invoked oom-killer");
    if (name == null) {
      return false;
    }
    close(events);
    open(line);
    add(events, line);
    Long order = line.number("order=");
    String flags = line.between("gfp_mask=", ", ");
    event.trigger = new Trigger(name, null, order == null ? null : order.intValue(), flags);
    manual |= order != null && order == -1;
    return true;
  }

  private void open(LogLine line) {
    event = new EventBuilder(EventKind.OOM_KILL, Killer.KERNEL);
    event.at = line.time();
    tasks = new KernelTaskTable();
    memory = new KernelMemory();
    chosen = null;
    summed = null;
    added = false;
    strangers = 0;
  }

  /** The event counts from now on: this line is written for nothing else. */
  private void add(EventLog events, LogLine line) {
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

  private boolean kill(LogLine line, EventLog events) {
    KernelKill kill = KernelKill.of(line);
    if (kill != null) {
      victim(line, kill.victim(), events);
      prefix(line);
      return true;
    }
    // The oldest begin with a small letter.
    Long named = line.number(line.has("ut of memory: kill ") ? "kill process " : "Kill process ");
    if (named != null && line.has("sharing same memory")) {
      add(events, line);
      return true;
    }
    if (named != null && line.has("(")) {
      startAnother(line, events);
      add(events, line);
      prefix(line);
      // Up to 5.0 this is a thread, or a parent whose child dies in its place.
      String name = line.between("(", ") score");
      chosen = Victim.named(named, name == null ? line.between("(", ")") : name);
      return true;
    }
    return false;
  }

  /** A kill that does not belong to the report before it had its own left out. */
  private void startAnother(LogLine line, EventLog events) {
    if (event == null) {
      return;
    }
    Double seconds = event.secondsFrom(line.time());
    boolean later = seconds != null && seconds > SAME_EVENT_SECONDS;
    if (later || !event.victims.isEmpty() && !event.groupKill) {
      close(events);
    }
  }

  private void victim(LogLine line, Victim victim, EventLog events) {
    if (event != null && event.hasVictim(victim.pid())) {
      event.sign(line);
      return;
    }
    startAnother(line, events);
    add(events, line);
    event.victim(event.victims.isEmpty() ? victim : victim.asCollateral());
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

  private void prefix(LogLine line) {
    if (line.has("Memory cgroup out of memory")) {
      event.killer = Killer.KERNEL_MEMCG;
    } else if (line.has("MPOL_BIND")) {
      event.killer = Killer.KERNEL_MEMORY_POLICY;
    } else if (line.has("No available memory in cpuset")) {
      event.killer = Killer.KERNEL_CPUSET;
    } else if (isTranslatedCgroup(line)) {
      event.killer = Killer.KERNEL_MEMCG;
    } else if (line.has("ut of memory") || line.has("ut of Memory") || isTranslated(line)) {
      if (event.killer == Killer.KERNEL) {
        event.killer = Killer.KERNEL_GLOBAL;
      }
      if (line.has("oom_kill_allocating_task")) {
        event.note("vm.oom_kill_allocating_task is set: who asked for memory dies, however small.");
      }
    }
  }

  /** The word cgroup stays as it is. */
  private static boolean isTranslatedCgroup(LogLine line) {
    String before = line.has("Killed process ") ? null : line.before("(");
    return before != null && before.toLowerCase(Locale.ROOT).contains("cgroup");
  }

  private static boolean isTranslated(LogLine line) {
    String before = line.before("(");
    return before != null && OUT_OF_MEMORY.stream().anyMatch(before::contains);
  }

  /** Lines that only a report of an OOM has. */
  private boolean headOf(LogLine line, EventLog events) {
    return summary(line, events)
        || limitOf(line, events)
        || statistics(line, events)
        || table(line, events)
        || ends(line, events);
  }

  private boolean summary(LogLine line, EventLog events) {
    if (!line.has("oom-kill:constraint=")) {
      return false;
    }
    if (event != null && (!event.victims.isEmpty() || summed != null)) {
      close(events);
    }
    add(events, line);
    event.constraint = line.between("constraint=", ",");
    event.limitCgroup = line.between("oom_memcg=", ",task_memcg=");
    event.victimCgroup = line.between("task_memcg=", ",task=");
    summed = summedVictim(line);
    event.killer =
        event.limitCgroup != null
            ? Killer.KERNEL_MEMCG
            : switch (event.constraint == null ? "" : event.constraint) {
              case "CONSTRAINT_CPUSET" -> Killer.KERNEL_CPUSET;
              case "CONSTRAINT_MEMORY_POLICY" -> Killer.KERNEL_MEMORY_POLICY;
              case "CONSTRAINT_MEMCG" -> Killer.KERNEL_MEMCG;
              default -> line.has("global_oom") ? Killer.KERNEL_GLOBAL : event.killer;
            };
    return true;
  }

  /** The name may hold commas, so that the fields behind it are looked for from the end. */
  private static Victim summedVictim(LogLine line) {
    String text = line.text();
    int task = text.indexOf(",task=");
    int pid = text.lastIndexOf(",pid=");
    Long number = pid < 0 ? null : LogLine.numberAt(text, pid + ",pid=".length());
    if (task < 0 || pid < task || number == null) {
      return null;
    }
    int uid = text.lastIndexOf(",uid=");
    return new Victim(
        number,
        text.substring(task + ",task=".length(), pid),
        false,
        uid < pid ? null : LogLine.numberAt(text, uid + ",uid=".length()),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private boolean limitOf(LogLine line, EventLog events) {
    String task = line.between("Task in ", " killed as a result of limit of ");
    String reached = line.after("Memory limit reached of cgroup ");
    if (task == null && reached == null) {
      return false;
    }
    add(events, line);
    event.killer = Killer.KERNEL_MEMCG;
    event.victimCgroup = task == null ? event.victimCgroup : task;
    event.limitCgroup =
        (task == null ? reached : line.after(" killed as a result of limit of ")).strip();
    return true;
  }

  private boolean statistics(LogLine line, EventLog events) {
    String cgroup = memory.statistics(line);
    if (cgroup == null) {
      return false;
    }
    add(events, line);
    event.killer = Killer.KERNEL_MEMCG;
    if (event.limitCgroup == null && !cgroup.isEmpty()) {
      event.limitCgroup = cgroup;
    }
    return true;
  }

  private boolean table(LogLine line, EventLog events) {
    if (!line.has("total_vm") || !KernelTaskTable.isHeading(line)) {
      return false;
    }
    if (event != null && !event.victims.isEmpty() && !tasks.isEmpty()) {
      close(events);
    }
    add(events, line);
    tasks.heading(line);
    return true;
  }

  private boolean ends(LogLine line, EventLog events) {
    if (line.has("OOM victim ") && line.has("already exiting")) {
      if (event == null) {
        close(events);
        open(line);
        event.kind = EventKind.NO_KILL;
      }
      add(events, line);
      event.note(
          "Process "
              + line.between("OOM victim ", " is already exiting")
              + " was ending already and was left alone.");
      return true;
    }
    if (line.has("due to memory.oom.group set")) {
      add(events, line);
      event.groupKill = true;
      if (event.victimCgroup == null) {
        event.victimCgroup = line.between("Tasks in ", " are going to be killed");
      }
      return true;
    }
    if (line.has("no killable processes")) {
      add(events, line);
      event.note("There was no process that the kernel may kill.");
      if (event.victims.isEmpty()) {
        event.kind = EventKind.NO_KILL;
      }
      return true;
    }
    if (line.has("panic_on_oom") || line.has("deadlocked on memory")) {
      add(events, line);
      event.note("The kernel panicked instead of killing a process.");
      return true;
    }
    return reaper(line, events);
  }

  private boolean reaper(LogLine line, EventLog events) {
    Long reaped = line.number("oom_reaper: reaped process ");
    Long unable = line.number("oom_reaper: unable to reap pid:");
    Long pid = reaped == null ? unable : reaped;
    if (pid == null) {
      return false;
    }
    EventBuilder known = events.near(line, 120, candidate -> candidate.hasVictim(pid));
    if (known == null) {
      close(events);
      add(events, line);
      event.victim(Victim.named(pid, line.between("(", ")")));
      event.note("Only the line that tells of freeing the victim's memory is here.");
    } else {
      known.sign(line);
      if (unable != null) {
        known.note("The kernel could not free the victim's memory at once: a thread hung.");
      }
    }
    return true;
  }

  /** Lines that others write too, or that mean something within a report only. */
  private boolean body(LogLine line) {
    LogLimit limit = KernelMemory.limit(line);
    if (limit != null) {
      if (event == null) {
        open(line);
      }
      event.limits.removeIf(other -> other.what().equals(limit.what()));
      event.limits.add(limit);
      if (added) {
        event.sign(line);
        event.killer = Killer.KERNEL_MEMCG;
      }
      return true;
    }
    if (line.has("moom_callback")) {
      manual = true;
    }
    if (line.has("Comm: ") || line.has(", comm: ")) {
      return thread(line);
    }
    if (tasks.row(line)) {
      if (event == null) {
        // The table's end is all that an excerpt has of its report.
        KernelTaskTable rows = tasks;
        open(line);
        tasks = rows;
      }
      return true;
    }
    return event != null && memory.read(line);
  }

  /** The line before the stack trace: {@code dump_stack_print_info} in lib/dump_stack.c. */
  private boolean thread(LogLine line) {
    if (event == null || event.trigger == null || event.trigger.tid() != null) {
      return false;
    }
    Long tid = line.number(line.has("PID: ") ? "PID: " : "Pid: ");
    event.trigger =
        new Trigger(event.trigger.name(), tid, event.trigger.order(), event.trigger.allocation());
    String flags = line.after("ainted");
    for (String word : flags == null ? new String[0] : flags.split(" +", 40)) {
      if (!word.isEmpty() && Character.isDigit(word.charAt(0)) && word.indexOf('.') > 0) {
        event.kernel = word;
        break;
      }
    }
    return true;
  }

  @Override
  public void close(EventLog events) {
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
}
