// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.List;

/** How a JVM says that it is out of memory: vmError.cpp, debug.cpp and os_linux.cpp of HotSpot. */
public final class JvmTexts implements Recogniser {
  private static final String ERROR = "java.lang.OutOfMemoryError";

  @Override
  public List<String> keywords() {
    return List.of(
        ERROR,
        "There is insufficient memory for the Java Runtime",
        "Native memory allocation (",
        "os::commit_memory(",
        "fatal error: OutOfMemory encountered",
        "A fatal error has been detected by the Java Runtime",
        "hs_err_pid",
        "SIGSEGV (0xb)",
        "SIGBUS (0x7)",
        "pthread_create failed",
        "Out of swap space?");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return refused(line, events) || crashed(line, events) || error(line, events);
  }

  private static EventBuilder ofJvm(LogLine line, EventLog events, EventKind kind) {
    EventBuilder known =
        events.near(
            line, event -> event.kind == EventKind.JAVA_OOM || event.kind == EventKind.JVM_ABORT);
    EventBuilder event = known == null ? events.add(kind, Killer.UNKNOWN) : known;
    return event.sign(line);
  }

  /** The system refused memory, so that the JVM gave up. */
  private static boolean refused(LogLine line, EventLog events) {
    boolean insufficient = line.has("There is insufficient memory for the Java Runtime");
    boolean allocation = line.has("Native memory allocation (");
    boolean commit = line.has("os::commit_memory(") && line.has("failed");
    if (!insufficient && !allocation && !commit) {
      return false;
    }
    EventBuilder event = ofJvm(line, events, EventKind.JVM_ABORT);
    event.kind = EventKind.JVM_ABORT;
    event.constraint = "memory refused";
    Long bytes = commit ? commitBytes(line) : line.number(" to map ");
    if (bytes == null && allocation) {
      bytes = line.number("failed to allocate ");
    }
    if (bytes != null) {
      event.trigger = new Trigger("java", null, null, bytes + " bytes");
    }
    event.note(
        "The JVM ended itself because the system refused it memory; that is no OOM kill. A memory"
            + " cgroup's limit never refuses a mapping: look at vm.overcommit_memory, ulimit -v and"
            + " vm.max_map_count.");
    return true;
  }

  private static Long commitBytes(LogLine line) {
    String inside = line.between("os::commit_memory(", ")");
    String[] arguments = inside == null ? new String[0] : inside.split(", ", 4);
    return arguments.length < 2 ? null : LogLine.numberAt(arguments[1], 0);
  }

  private static boolean crashed(LogLine line, EventLog events) {
    if (line.has("fatal error: OutOfMemory encountered")) {
      EventBuilder event = ofJvm(line, events, EventKind.JVM_ABORT);
      event.kind = EventKind.JVM_ABORT;
      event.constraint = "-XX:+CrashOnOutOfMemoryError";
      event.detail(line.after("fatal error: "));
      return true;
    }
    if (line.has("A fatal error has been detected by the Java Runtime")) {
      ofJvm(line, events, EventKind.JVM_ABORT);
      return true;
    }
    EventBuilder known = events.near(line, event -> event.kind == EventKind.JVM_ABORT);
    if (known == null) {
      return false;
    }
    if (line.has("SIGSEGV (0xb)") || line.has("SIGBUS (0x7)")) {
      known.sign(line);
      known.constraint = line.has("SIGSEGV") ? "SIGSEGV" : "SIGBUS";
      known.detail(line.text().replaceFirst("^# *", ""));
      return true;
    }
    if (line.has("hs_err_pid")) {
      known.sign(line);
      Long pid = line.number("hs_err_pid");
      if (pid != null && !known.hasVictim(pid)) {
        known.victim(Victim.named(pid, "java"));
      }
      return true;
    }
    return false;
  }

  private static boolean error(LogLine line, EventLog events) {
    if (line.has("pthread_create failed")) {
      EventBuilder event = ofJvm(line, events, EventKind.JAVA_OOM);
      event.constraint = "native threads";
      return true;
    }
    int at = line.text().indexOf(ERROR);
    if (at < 0) {
      return false;
    }
    String words = line.text().substring(at + ERROR.length()).replaceFirst("^: *", "").strip();
    EventBuilder event = ofJvm(line, events, EventKind.JAVA_OOM);
    if (line.has("Terminating due to ")) {
      event.kind = EventKind.JAVA_OOM;
      event.exit(3);
      event.detail("-XX:+ExitOnOutOfMemoryError ended the JVM");
    } else if (line.has("Aborting due to ")) {
      event.kind = EventKind.JVM_ABORT;
      event.exit(134);
      event.detail("-XX:+CrashOnOutOfMemoryError aborted the JVM");
    }
    if (event.constraint == null || event.constraint.isEmpty()) {
      event.constraint = words.length() > 200 ? words.substring(0, 200) : words;
    }
    event.note(
        "The JVM reached a limit of its own, which the message names; nobody killed it for its"
            + " memory.");
    return true;
  }
}
