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

/**
 * The record PGSP_KILL of AIX, as errpt -a shows it: what happened in a line of its own, and below
 * a heading for each fact of the process, with the value in the next line.
 */
public final class AixErrorLog implements Recogniser {
  private static final String CAUSE = "SYSTEM RUNNING OUT OF PAGING SPACE";
  private static final String NAME = "PROGRAM";
  private static final String PID = "USER'S PROCESS ID:";
  private static final String USED = "PROGRAM'S PAGING SPACE USE IN 1KB BLOCKS";
  private static final int LINES = 30;

  private EventBuilder event;
  private String heading;
  private int left;
  private Long pid;
  private String name;

  @Override
  public List<String> keywords() {
    return List.of(CAUSE);
  }

  @Override
  public boolean isOpen() {
    return event != null;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    String text = line.text().strip();
    if (text.equals(CAUSE)) {
      event =
          events
              .add(EventKind.OOM_KILL, Killer.AIX_KERNEL)
              .sign(line)
              .platform(Platform.AIX)
              .constraint("paging space")
              .exit(UnknownKills.SIGKILL);
      left = LINES;
      heading = null;
      pid = null;
      name = null;
      return true;
    }
    if (event == null) {
      return false;
    }
    if (left-- <= 0) {
      event = null;
      return false;
    }
    if (text.equals(NAME) || text.equals(PID) || text.equals(USED)) {
      heading = text;
      return true;
    }
    if (heading == null) {
      return false;
    }
    value(heading, text, line);
    heading = null;
    return true;
  }

  private void value(String of, String text, LogLine line) {
    Long number = LogLine.numberAt(text, 0);
    Long kilobytes = null;
    switch (of) {
      case NAME -> name = text;
      case PID -> pid = number;
      default -> kilobytes = number == null || number > Long.MAX_VALUE >> 10 ? null : number << 10;
    }
    Victim known =
        new Victim(pid, name, false, null, null, null, null, null, kilobytes, null, null, null);
    event.sign(line);
    event.victims.clear();
    event.victim(known);
    if (of.equals(USED)) {
      event = null;
    }
  }
}
