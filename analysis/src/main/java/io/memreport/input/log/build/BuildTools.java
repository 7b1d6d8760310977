// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.List;

/** What Surefire, Gradle and Bazel print when a JVM that they started is gone. */
public final class BuildTools implements Recogniser {
  private static final int CLASSES = 60;

  private EventBuilder surefire;
  private int classesLeft;
  private boolean expectsClasses;

  private final GradleDaemon daemon = new GradleDaemon();

  @Override
  public List<String> keywords() {
    return List.of(
        GradleDaemon.GONE,
        GradleDaemon.DISAPPEARED,
        "Daemon pid: ",
        "daemon vm is shutting down",
        "Daemon vm is shutting down",
        "daemon/",
        "forked VM terminated without",
        "Process Exit Code:",
        "Crashed tests:",
        "finished with non-zero exit value",
        "Server terminated abruptly",
        "returned non-zero exit");
  }

  @Override
  public boolean isOpen() {
    return surefire != null && classesLeft > 0;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return surefire(line, events) || gradle(line, events) || bazel(line, events);
  }

  private boolean surefire(LogLine line, EventLog events) {
    if (line.has("forked VM terminated without")) {
      if (surefire == null || classesLeft <= 0) {
        EventBuilder known = events.near(line, 120, EventBuilder::isDeath);
        surefire = known == null ? events.add(EventKind.KILLED, Killer.UNKNOWN) : known;
        surefire.constraint = known == null ? "Surefire" : known.constraint;
        classesLeft = CLASSES;
      }
      surefire.sign(line);
      return true;
    }
    if (surefire == null || classesLeft-- <= 0) {
      return false;
    }
    Long status = line.number("Process Exit Code:");
    if (status != null) {
      surefire.sign(line).exit(status.intValue());
      ofStatus(surefire, status.intValue());
      return true;
    }
    if (line.has("Crashed tests:")) {
      expectsClasses = true;
      return true;
    }
    String words = line.text().replaceFirst("^\\[?ERROR\\]? ", "").strip();
    if (expectsClasses && isClassName(words)) {
      surefire.detail("in progress in that fork: " + words);
      return true;
    }
    return false;
  }

  private static boolean isClassName(String words) {
    int dot = words.indexOf('.');
    return dot > 0
        && words.length() < 300
        && words.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.')
        && !words.endsWith("Exception");
  }

  /** A status below 128 is the JVM's own. */
  private static void ofStatus(EventBuilder event, int status) {
    if (event.kind != EventKind.KILLED) {
      return;
    }
    if (status == 3 || status == 134 || status == 139) {
      // Who says it is not what ran out.
      event.constraint = null;
    }
    switch (status) {
      case 3 -> {
        event.kind = EventKind.JAVA_OOM;
        event.note("Status 3 is that of -XX:+ExitOnOutOfMemoryError.");
      }
      case 134 -> {
        event.kind = EventKind.JVM_ABORT;
        event.note("Status 134 is SIGABRT: the JVM aborted itself and left an hs_err file.");
      }
      case 139 -> {
        event.kind = EventKind.JVM_ABORT;
        event.note("Status 139 is SIGSEGV: a crash.");
      }
      case UnknownKills.SIGKILL -> event.note(UnknownKills.NOTE);
      case UnknownKills.SIGTERM -> event.note(UnknownKills.TERMINATED);
      default -> {
        event.kind = EventKind.NO_KILL;
        event.note("Status " + status + " is that of a program that ended itself.");
      }
    }
  }

  private boolean gradle(LogLine line, EventLog events) {
    if (daemon.read(line, events)) {
      return true;
    }
    Long status = line.number("finished with non-zero exit value ");
    if (status == null) {
      return false;
    }
    String process = line.between("Process '", "'");
    if (UnknownKills.isSignal(status)) {
      EventBuilder event = UnknownKills.report(line, events, status.intValue());
      if (process != null) {
        event.detail(process);
      }
      return true;
    }
    if (status == 3 || status == 134 || status == 139) {
      EventBuilder event = events.add(EventKind.KILLED, Killer.UNKNOWN).sign(line);
      event.exit(status.intValue());
      ofStatus(event, status.intValue());
      return true;
    }
    return false;
  }

  private static boolean bazel(LogLine line, EventLog events) {
    if (!line.has("Server terminated abruptly")) {
      return false;
    }
    EventBuilder event = events.near(line, 120, EventBuilder::isDeath);
    if (event == null) {
      event = events.add(EventKind.KILLED, Killer.UNKNOWN).note(UnknownKills.NOTE);
      event.constraint = "Bazel server";
    }
    event.sign(line);
    return true;
  }
}
