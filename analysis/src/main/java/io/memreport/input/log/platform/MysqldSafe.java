// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code mysqld_safe} starts a server again that is gone without having removed its PID file. A
 * server that crashes says so itself; one that gets SIGKILL can't.
 */
public final class MysqldSafe implements Recogniser {
  private static final Pattern GONE =
      Pattern.compile("\\b(mysqld|mariadbd?)[_-]safe Number of processes running now: 0$");
  private static final Pattern AGAIN =
      Pattern.compile("\\b(?:mysqld|mariadbd?)[_-]safe (?:mysqld|mariadbd) restarted$");

  /** What a server writes that ends itself; a crash has a trace of some length. */
  private static final Pattern CRASH =
      Pattern.compile(
          "\\b(?:mysqld|mariadbd) got (?:signal \\d{1,3}|exception 0x)|Assertion failure in (?:thread|file) "
              + "|Cannot continue operation|Shutdown complete");

  private static final long CRASH_LINES = 300;
  private long crashed = -CRASH_LINES;
  private EventBuilder gone;

  @Override
  public List<String> keywords() {
    return List.of(
        "safe Number of processes running now",
        "safe mysqld restarted",
        "safe mariadbd restarted",
        "d got signal ",
        "d got exception 0x",
        "Assertion failure in",
        "Cannot continue operation",
        "Shutdown complete");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    Matcher number = GONE.matcher(line.text());
    if (number.find()) {
      gone = line.number() - crashed < CRASH_LINES ? null : tell(line, events, number.group(1));
      return true;
    }
    if (AGAIN.matcher(line.text()).find()) {
      if (gone != null) {
        gone.sign(line);
      }
      return true;
    }
    if (CRASH.matcher(line.text()).find()) {
      crashed = line.number();
    }
    return false;
  }

  private static EventBuilder tell(LogLine line, EventLog events, String server) {
    String name = server.startsWith("mariadb") ? "mariadbd" : "mysqld";
    EventBuilder known =
        events.near(
            line,
            event ->
                event.isDeath() && event.victims.stream().anyMatch(one -> name.equals(one.name())));
    EventBuilder event = known == null ? events.add(EventKind.KILLED, Killer.UNKNOWN) : known;
    event.sign(line);
    if (known == null) {
      event
          .platform(Platform.MYSQL)
          .victim(Victim.named(null, name))
          .note(
              "A server that crashes writes a trace first, and none is in this text; SIGKILL leaves no time"
                  + " for one, whether the kernel sent it or a person.");
    }
    return event;
  }
}
