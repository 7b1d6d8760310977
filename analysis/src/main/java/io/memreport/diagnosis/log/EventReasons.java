// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Victim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an event rests on, and what it does not mean. */
final class EventReasons {
  /** From this share of a limit on, shared memory is what fills it. */
  static final double MUCH_SHARED = 0.3;

  private static final int NAMES = 3;

  private static final String UNIT = "The service manager names the unit ";

  private final LogEvent event;
  private final List<String> reasons = new ArrayList<>();

  private EventReasons(LogEvent event) {
    this.event = event;
  }

  static List<String> of(LogEvent event) {
    EventReasons reasons = new EventReasons(event);
    reasons.limit();
    reasons.memory();
    reasons.victim();
    reasons.tasks();
    reasons.trigger();
    reasons.cgroups();
    if (event.sharedMemory() != null) {
      reasons.reasons.addAll(SharedMemoryReasons.of(event.sharedMemory()));
    }
    reasons.detail();
    reasons.reasons.addAll(event.notes());
    return List.copyOf(reasons.reasons);
  }

  /** Each slice above a unit repeats what its service manager says: one line has them all. */
  private void detail() {
    List<String> units =
        event.detail().stream()
            .filter(text -> text.startsWith(UNIT))
            .map(text -> text.substring(UNIT.length(), text.length() - 1))
            .toList();
    if (units.size() > 1) {
      reasons.add("The service manager names the units " + String.join(", ", units) + ".");
    }
    event.detail().stream()
        .filter(text -> units.size() < 2 || !text.startsWith(UNIT))
        .forEach(reasons::add);
  }

  private void limit() {
    LogLimit limit = event.limit();
    if (limit == null || limit.limitBytes() == null || limit.usageBytes() == null) {
      return;
    }
    reasons.add(
        "Of the "
            + limit.what()
            + " limit of "
            + Units.bytes(limit.limitBytes())
            + ", "
            + Units.bytes(limit.usageBytes())
            + " were used"
            + (limit.failures() == null || limit.failures() == 0
                ? ""
                : ", and it had been reached " + limit.failures() + " times")
            + ".");
    if (limit.what().equals("memory+swap") && limit.isHit()) {
      reasons.add("It is memory and swap together that reached their limit, not memory alone.");
    }
  }

  private void memory() {
    LogMemory memory = event.memory();
    if (memory == null) {
      return;
    }
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("anonymous", memory.anonBytes());
    parts.put("files and tmpfs", memory.fileBytes());
    parts.put("of which tmpfs and shared memory", memory.shmemBytes());
    parts.put("kernel", memory.kernelBytes());
    parts.put("swap", memory.swapUsedBytes());
    parts.put("free", memory.freeBytes());
    List<String> texts = new ArrayList<>();
    parts.forEach(
        (name, bytes) -> {
          if (bytes != null && bytes > 0) {
            texts.add(name + " " + Units.bytes(bytes));
          }
        });
    if (!texts.isEmpty()) {
      String whole =
          memory.totalBytes() == null
              ? "The cgroup's memory: "
              : "The machine's memory of " + Units.bytes(memory.totalBytes()) + ": ";
      reasons.add(whole + String.join(", ", texts) + ".");
    }
    if (isShared(event)) {
      reasons.add(
          "Much of it is tmpfs or shared memory, which stays allocated after a kill: the victims are innocent, and"
              + " it happens again until the files or segments are removed.");
    }
  }

  static boolean isShared(LogEvent event) {
    LogMemory memory = event.memory();
    LogLimit limit = event.limit();
    Long whole = limit == null ? null : limit.limitBytes();
    if (whole == null && memory != null) {
      whole = memory.totalBytes();
    }
    return memory != null
        && memory.shmemBytes() != null
        && whole != null
        && memory.shmemBytes() > MUCH_SHARED * whole;
  }

  private void victim() {
    Victim victim = event.victim();
    if (victim != null && victim.anonBytes() != null) {
      reasons.add(
          "The victim held "
              + Units.bytes(victim.anonBytes())
              + " of anonymous memory"
              + part(victim.fileBytes(), " of files")
              + part(victim.shmemBytes(), " of shared memory")
              + part(victim.swapBytes(), " in swap")
              + ".");
    }
    long others = event.victims().stream().filter(Victim::collateral).count();
    if (others > 0) {
      reasons.add(
          others
              + (others == 1 ? " other process" : " other processes")
              + " died with it"
              + (event.groupKill() ? ": memory.oom.group makes the whole cgroup die." : "."));
    }
  }

  private static String part(Long bytes, String what) {
    return bytes == null || bytes == 0 ? "" : ", " + Units.bytes(bytes) + what;
  }

  private void tasks() {
    TaskTable table = event.tasks();
    if (table == null) {
      return;
    }
    Map<String, Long> byName = new LinkedHashMap<>();
    Map<String, Integer> count = new LinkedHashMap<>();
    for (TaskRow row : table.largest()) {
      byName.merge(row.name(), row.heldBytes(), Long::sum);
      count.merge(row.name(), 1, Integer::sum);
    }
    List<String> names =
        byName.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMES)
            .map(
                entry ->
                    (count.get(entry.getKey()) > 1 ? count.get(entry.getKey()) + " × " : "")
                        + entry.getKey()
                        + " "
                        + Units.bytes(entry.getValue()))
            .toList();
    reasons.add(
        "The table has "
            + table.count()
            + (table.count() == 1 ? " process: " : " processes; the largest: ")
            + String.join(", ", names)
            + (table.pageSizeAssumed() ? " (taking pages of 4 KiB)." : "."));
    Victim victim = event.victim();
    boolean smaller =
        victim != null
            && victim.heldBytes() != null
            && table.largest().stream().anyMatch(row -> row.heldBytes() > 2 * victim.heldBytes());
    if (smaller) {
      reasons.add(
          "The victim was not the largest process: the kernel weighs oom_score_adj too, which"
              + " protects some.");
    }
  }

  private void trigger() {
    if (event.trigger() != null && event.trigger().tid() != null && event.victim() != null) {
      reasons.add(
          "The allocation that found no memory was made by the thread \""
              + event.trigger().name()
              + "\" (tid "
              + event.trigger().tid()
              + "): it crossed the line, which is not to say that it used the memory up.");
    }
  }

  private void cgroups() {
    boolean named = event.detail().contains(UNIT + event.victimCgroup() + ".");
    if (event.victimCgroup() != null && !named) {
      reasons.add("The victim was in " + event.victimCgroup() + ".");
    }
    boolean above =
        event.limitCgroup() != null
            && event.victimCgroup() != null
            && !event.limitCgroup().equals(event.victimCgroup())
            && event.killer().isLinuxKernel();
    if (above) {
      reasons.add(
          "The limit is that of "
              + event.limitCgroup()
              + ", above the victim's own cgroup "
              + event.victimCgroup()
              + ": from inside of that it can't be seen, and its siblings use it up too.");
    }
  }
}
