// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gradle's client when its daemon is gone: it knows the process and its log, and no status. */
final class GradleDaemon {
  static final String NAME = "Gradle daemon";
  static final String DISAPPEARED = "build daemon disappeared unexpectedly";
  static final String GONE = "indicates that the daemon has disappeared";
  private static final Pattern LOG =
      Pattern.compile("log file: (\\S{1,300}daemon-(\\d+)\\.out\\.log)");

  private EventBuilder event;

  boolean read(LogLine line, EventLog events) {
    if (line.has(DISAPPEARED) || line.has(GONE)) {
      EventBuilder known = events.near(line, 300, EventBuilder::isDeath);
      if (known == null) {
        known = events.add(EventKind.KILLED, Killer.UNKNOWN);
        known.constraint = NAME;
        known
            .platform(Platform.GRADLE)
            .victim(Victim.named(null, NAME))
            .note(
                "The daemon was killed, crashed or ended; Gradle's text does not tell its status.");
      }
      event = known.sign(line);
      return true;
    }
    if (event == null) {
      return false;
    }
    Matcher log = LOG.matcher(line.text());
    Long pid = line.number("Daemon pid: ");
    boolean named = log.find();
    if (named) {
      event.detail("daemon log: " + log.group(1));
      pid = Long.valueOf(log.group(2));
    }
    if (pid != null) {
      event.sign(line);
      if (event.platform == Platform.GRADLE) {
        event.victims.set(0, Victim.named(pid, NAME));
      }
      return true;
    }
    if (line.has("aemon vm is shutting down")) {
      event
          .sign(line)
          .note(
              "The end of the daemon's log says that its JVM shut down: by an exit or SIGTERM, which"
                  + " speaks against SIGKILL and so against the kernel's OOM killer.");
      return true;
    }
    return false;
  }
}
