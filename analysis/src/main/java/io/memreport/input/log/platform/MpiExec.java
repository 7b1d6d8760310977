// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The box in which MPICH, and Intel MPI after it, tell of a rank that ended badly: its process in
 * one line, how it ended in the next. An exit code below 128 may be the number of a signal.
 */
public final class MpiExec implements Recogniser {
  private static final String TITLE = "BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES";

  private static final Pattern PROCESS =
      Pattern.compile("^= +(?:RANK (\\d{1,9}) )?PID (\\d{1,10}) RUNNING AT ");

  private static final Pattern KILLED =
      Pattern.compile("^= +(?:EXIT CODE: (?:9|137)$|KILLED BY SIGNAL: 9\\b)");

  private static final int LINES = 5;

  /** Ranks that end one after the other belong together. */
  private static final double SAME_SECONDS = 120;

  private int left;
  private LogLine process;

  @Override
  public List<String> keywords() {
    return List.of(TITLE, " RUNNING AT ", "EXIT CODE: ", "KILLED BY SIGNAL: ");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has(TITLE)) {
      left = LINES;
      process = null;
      return true;
    }
    if (left-- <= 0) {
      return false;
    }
    if (PROCESS.matcher(line.text()).find()) {
      process = line;
      return true;
    }
    if (!KILLED.matcher(line.text()).find()) {
      return false;
    }
    left = 0;
    tell(line, events);
    return true;
  }

  private void tell(LogLine line, EventLog events) {
    EventBuilder known = events.near(line, SAME_SECONDS, EventBuilder::isDeath);
    EventBuilder event =
        known == null
            ? events
                .add(EventKind.KILLED, Killer.UNKNOWN)
                .platform(Platform.MPI)
                .exit(UnknownKills.SIGKILL)
                .note(UnknownKills.NOTE)
            : known;
    if (process != null) {
      event.sign(process);
    }
    event.sign(line);
    if (event.kind == EventKind.KILLED) {
      Victim rank = rank();
      if (rank != null && !event.hasVictim(rank.pid())) {
        event.victim(rank);
      }
    }
  }

  private Victim rank() {
    Matcher named = process == null ? null : PROCESS.matcher(process.text());
    return named == null || !named.find()
        ? null
        : Victim.named(
            Long.valueOf(named.group(2)),
            named.group(1) == null ? "MPI process" : "MPI rank " + named.group(1));
  }
}
