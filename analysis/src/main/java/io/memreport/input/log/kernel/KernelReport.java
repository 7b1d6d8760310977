// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Pattern;

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

  /**
   * A frame that only the kill of a cgroup has. Those with a question mark are what an earlier call
   * left on the stack.
   */
  private static final Pattern CGROUP_FRAME =
      Pattern.compile("(?<!\\? )\\bmem_cgroup_(?:out_of_memory|oom_synchronize)\\+0x");

  private final OpenReport report = new OpenReport();
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
    return report.event != null && strangers < PATIENCE;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    boolean used = begin(line, events) || kill(line, events) || headOf(line, events) || body(line);
    strangers = used ? 0 : strangers + 1;
    if (report.event != null && !isOpen()) {
      report.close(events);
    }
    return used;
  }

  private boolean begin(LogLine line, EventLog events) {
    if (line.has("Manual OOM execution")) {
      report.close(events);
      report.manual = true;
      return true;
    }
    String name = line.before(" invoked oom-killer");
    if (name == null) {
      return false;
    }
    report.close(events);
    report.open(line);
    report.add(events, line);
    Long order = line.number("order=");
    String flags = line.between("gfp_mask=", ", ");
    report.event.trigger = new Trigger(name, null, order == null ? null : order.intValue(), flags);
    report.manual |= order != null && order == -1;
    return true;
  }

  private boolean kill(LogLine line, EventLog events) {
    KernelKill kill = KernelKill.of(line);
    if (kill != null) {
      victim(line, kill.victim(), events);
      KernelWords.read(line, report.event);
      return true;
    }
    // The oldest begin with a small letter.
    Long named = line.number(line.has("ut of memory: kill ") ? "kill process " : "Kill process ");
    if (named != null && line.has("sharing same memory")) {
      report.add(events, line);
      return true;
    }
    if (named != null && line.has("(")) {
      startAnother(line, events);
      report.add(events, line);
      KernelWords.read(line, report.event);
      // Up to 5.0 this is a thread, or a parent whose child dies in its place.
      String name = line.between("(", ") score");
      report.chosen = Victim.named(named, name == null ? line.between("(", ")") : name);
      return true;
    }
    return false;
  }

  /** A kill that does not belong to the report before it had its own left out. */
  private void startAnother(LogLine line, EventLog events) {
    if (report.event == null) {
      return;
    }
    Double seconds = report.event.secondsFrom(line.time());
    boolean later = seconds != null && seconds > SAME_EVENT_SECONDS;
    if (later || !report.event.victims.isEmpty() && !report.event.groupKill) {
      report.close(events);
    }
  }

  private void victim(LogLine line, Victim victim, EventLog events) {
    if (report.event != null && report.event.hasVictim(victim.pid())) {
      report.event.sign(line);
      return;
    }
    startAnother(line, events);
    report.add(events, line);
    report.event.victim(report.event.victims.isEmpty() ? victim : victim.asCollateral());
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
    if (report.event != null && (!report.event.victims.isEmpty() || report.summed != null)) {
      report.close(events);
    }
    report.add(events, line);
    report.event.constraint = line.between("constraint=", ",");
    report.event.limitCgroup = line.between("oom_memcg=", ",task_memcg=");
    report.event.victimCgroup = line.between("task_memcg=", ",task=");
    report.summed = summedVictim(line);
    report.event.killer =
        report.event.limitCgroup != null
            ? Killer.KERNEL_MEMCG
            : switch (report.event.constraint == null ? "" : report.event.constraint) {
              case "CONSTRAINT_CPUSET" -> Killer.KERNEL_CPUSET;
              case "CONSTRAINT_MEMORY_POLICY" -> Killer.KERNEL_MEMORY_POLICY;
              case "CONSTRAINT_MEMCG" -> Killer.KERNEL_MEMCG;
              default -> line.has("global_oom") ? Killer.KERNEL_GLOBAL : report.event.killer;
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
    report.add(events, line);
    report.event.killer = Killer.KERNEL_MEMCG;
    report.event.victimCgroup = task == null ? report.event.victimCgroup : task;
    report.event.limitCgroup =
        (task == null ? reached : line.after(" killed as a result of limit of ")).strip();
    return true;
  }

  private boolean statistics(LogLine line, EventLog events) {
    String cgroup = report.memory.statistics(line);
    if (cgroup == null) {
      return false;
    }
    report.add(events, line);
    report.event.killer = Killer.KERNEL_MEMCG;
    if (report.event.limitCgroup == null && !cgroup.isEmpty()) {
      report.event.limitCgroup = cgroup;
    }
    return true;
  }

  private boolean table(LogLine line, EventLog events) {
    if (!line.has("total_vm") || !KernelTaskTable.isHeading(line)) {
      return false;
    }
    if (report.event != null && !report.event.victims.isEmpty() && !report.tasks.isEmpty()) {
      report.close(events);
    }
    report.add(events, line);
    report.tasks.heading(line);
    return true;
  }

  private boolean ends(LogLine line, EventLog events) {
    if (line.has("OOM victim ") && line.has("already exiting")) {
      if (report.event == null) {
        report.close(events);
        report.open(line);
        report.event.kind = EventKind.NO_KILL;
      }
      report.add(events, line);
      report.event.note(
          "Process "
              + line.between("OOM victim ", " is already exiting")
              + " was ending already and was left alone.");
      return true;
    }
    if (line.has("due to memory.oom.group set")) {
      report.add(events, line);
      report.event.groupKill = true;
      if (report.event.victimCgroup == null) {
        report.event.victimCgroup = line.between("Tasks in ", " are going to be killed");
      }
      return true;
    }
    if (line.has("no killable processes")) {
      report.add(events, line);
      report.event.note("There was no process that the kernel may kill.");
      if (report.event.victims.isEmpty()) {
        report.event.kind = EventKind.NO_KILL;
      }
      return true;
    }
    if (line.has("panic_on_oom") || line.has("deadlocked on memory")) {
      report.add(events, line);
      report.event.note("The kernel panicked instead of killing a process.");
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
      report.close(events);
      report.add(events, line);
      report.event.victim(Victim.named(pid, line.between("(", ")")));
      report.event.note("Only the line that tells of freeing the victim's memory is here.");
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
      if (report.event == null) {
        report.open(line);
      }
      report.event.limits.removeIf(other -> other.what().equals(limit.what()));
      report.event.limits.add(limit);
      if (report.added) {
        report.event.sign(line);
        report.event.killer = Killer.KERNEL_MEMCG;
      }
      return true;
    }
    if (line.has("moom_callback")) {
      report.manual = true;
    }
    if (report.event != null
        && report.event.killer == Killer.KERNEL
        && CGROUP_FRAME.matcher(line.text()).find()) {
      report.event.killer = Killer.KERNEL_MEMCG;
    }
    if (line.has("Comm: ") || line.has(", comm: ")) {
      return thread(line);
    }
    if (report.tasks.row(line)) {
      if (report.event == null) {
        // The table's end is all that an excerpt has of its report.
        KernelTaskTable rows = report.tasks;
        report.open(line);
        report.tasks = rows;
      }
      return true;
    }
    return report.event != null && report.memory.read(line);
  }

  /** The line before the stack trace: {@code dump_stack_print_info} in lib/dump_stack.c. */
  private boolean thread(LogLine line) {
    if (report.event == null
        || report.event.trigger == null
        || report.event.trigger.tid() != null) {
      return false;
    }
    Long tid = line.number(line.has("PID: ") ? "PID: " : "Pid: ");
    report.event.trigger =
        new Trigger(
            report.event.trigger.name(),
            tid,
            report.event.trigger.order(),
            report.event.trigger.allocation());
    String flags = line.after("ainted");
    for (String word : flags == null ? new String[0] : flags.split(" +", 40)) {
      if (!word.isEmpty() && Character.isDigit(word.charAt(0)) && word.indexOf('.') > 0) {
        report.event.kernel = word;
        break;
      }
    }
    return true;
  }

  @Override
  public void close(EventLog events) {
    report.close(events);
  }
}
