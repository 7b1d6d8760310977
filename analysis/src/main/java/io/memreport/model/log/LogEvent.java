// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.List;

/**
 * One event in a log: a kill with all its victims, or what is none. Sizes are bytes; what the text
 * does not say is null.
 *
 * @param id stable within the logs that were read
 * @param constraint what was exhausted, in the words of its killer
 * @param at when it happened
 * @param kernel version of the kernel
 * @param limitCgroup the cgroup whose limit or pressure it was
 * @param victimCgroup the cgroup that the victim was in
 * @param groupKill whether the whole cgroup was killed with the first victim
 * @param trigger the allocation that found no memory
 * @param limits of the cgroup
 * @param memory what it was used for: of the cgroup, or else of the machine
 * @param tasks the table of processes
 * @param victims who was killed, the first one first; of a JVM that ended itself, that JVM
 * @param pressure why a killer in user space acted
 * @param sharedMemory what was refused, if it is about shared memory
 * @param exitStatus of the process, where a tool tells
 * @param detail what a line says in its own words: a class in progress, an error of the JVM
 * @param notes what should be known of the event that has no field of its own
 * @param signs the lines that it rests on
 * @param platform what ran the process, where that decides what helps, or null
 * @param inferred whether it follows from numbers, and no text says it
 */
public record LogEvent(
    String id,
    EventKind kind,
    Killer killer,
    String constraint,
    LogTime at,
    String kernel,
    String limitCgroup,
    String victimCgroup,
    boolean groupKill,
    Trigger trigger,
    List<LogLimit> limits,
    LogMemory memory,
    TaskTable tasks,
    List<Victim> victims,
    PressureReading pressure,
    SharedMemoryFailure sharedMemory,
    Integer exitStatus,
    List<String> detail,
    List<String> notes,
    List<LogSign> signs,
    Platform platform,
    boolean inferred) {

  /** The limit that was hit: the one that is full, or else the first with a number; or null. */
  public LogLimit limit() {
    for (LogLimit limit : limits) {
      if (limit.isHit()) {
        return limit;
      }
    }
    return limits.stream().filter(limit -> limit.limitBytes() != null).findFirst().orElse(null);
  }

  /** The process that was chosen, or null. */
  public Victim victim() {
    return victims.isEmpty() ? null : victims.get(0);
  }
}
