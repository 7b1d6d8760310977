// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.Asked;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who sends signals says so in other lines than those that tell of a status: a cancelled job, a
 * time limit, a probe, a service that did not stop. A row for each.
 */
public final class AskedSignals implements Recogniser {
  private record Row(Asked why, String keyword, Pattern pattern) {}

  private record Told(Asked why, LogLine line) {}

  private static final int MOST = 64;
  private static final double SAME_SECONDS = 120;

  /** Without a time the two stand within so many lines. */
  private static final long SAME_LINES = 60;

  private static final List<Row> ROWS =
      List.of(
          row(Asked.STOP_TIMEOUT, "timed out. ", "timed out\\. (?:Killing|Terminating)\\.?$"),
          row(Asked.STOP_TIMEOUT, "result 'timeout'", ": Failed with result 'timeout'\\.$"),
          row(
              Asked.STOP_TIMEOUT,
              " - using the force",
              "[Cc]ontainer failed to (?:exit|stop) within \\d{1,9}s? (?:seconds )?of signal \\d{1,3} - using the"
                  + " force"),
          row(
              Asked.STOP_TIMEOUT,
              "resorting to SIGKILL",
              "failed to stop container .{1,200} in \\d{1,9} seconds, resorting to SIGKILL"),
          row(
              Asked.STOP_TIMEOUT,
              " with SIGKILL",
              "killing '[^']{1,100}' \\(\\d{1,10}\\) with SIGKILL$"),
          row(Asked.STOP_TIMEOUT, "Error R12", "Error R12 \\(Exit timeout\\)"),
          row(
              Asked.PROBE,
              " probe, will be restarted",
              "failed \\w{1,20} probe, will be restarted"),
          row(
              Asked.PROBE,
              "unhealthy container",
              "non-zero exit \\((?:137|143)\\): dockerexec: unhealthy container"),
          row(Asked.CANCELLED, "The operation was cancel", "The operation was cancell?ed\\.?$"),
          row(Asked.CANCELLED, "cancellation signal", "Received cancellation signal"),
          row(Asked.CANCELLED, "Job failed: cancel", "Job failed: cancell?ed$"),
          row(Asked.CANCELLED, "Aborted by ", "^Aborted by \\S"),
          row(
              Asked.CANCELLED,
              " CANCELLED AT ",
              "\\*\\*\\* (?:JOB|STEP) \\S{1,40} ON \\S{1,80} CANCELLED AT \\S{1,40} \\*\\*\\*"),
          row(Asked.CANCELLED, "workflow shutdown", "workflow shutdown with strategy: +\\w"),
          row(
              Asked.TIME_LIMIT,
              "timeout: sending signal ",
              "^timeout: sending signal (?:TERM|KILL) "),
          row(
              Asked.TIME_LIMIT,
              "Hard time limit (",
              "Hard time limit \\(\\d{1,9}(?:\\.\\d)?s\\) exceeded for "),
          row(Asked.TIME_LIMIT, "AirflowTaskTimeout", "AirflowTaskTimeout: Timeout, PID: \\d"),
          row(Asked.TIME_LIMIT, "Too long with no output", "^Too long with no output \\(exceeded "),
          row(
              Asked.TIME_LIMIT,
              "ran longer than the maximum",
              "ran longer than the maximum time of \\d"),
          row(Asked.TIME_LIMIT, "timeout in the fork", "There was a timeout in the fork$"),
          row(
              Asked.TIME_LIMIT,
              "runtime time limit",
              "Service reached runtime time limit\\. Stopping\\."),
          row(Asked.TIME_LIMIT, "maximum execution time", "exceeded the maximum execution time"),
          row(Asked.TIME_LIMIT, "execution took longer", "Job failed: execution took longer than"),
          row(Asked.TIME_LIMIT, "due to timeout", "^Cancelling nested steps due to timeout"),
          row(Asked.TIME_LIMIT, "DUE TO TIME LIMIT", "CANCELLED AT \\S{1,40} DUE TO TIME LIMIT"),
          row(
              Asked.TIME_LIMIT,
              "job killed after reaching LSF",
              "^TERM_(?:CPULIMIT|RUNLIMIT|DEADLINE): job killed"),
          row(
              Asked.TASK_LIMIT,
              "job killed after reaching LSF",
              "^TERM_(?:THREADLIMIT|PROCESSLIMIT): job killed"),
          row(
              Asked.CANCELLED,
              "job killed by ",
              "^TERM_(?:OWNER|ADMIN|FORCE_\\w{1,10}): job killed by "),
          row(Asked.TIME_LIMIT, "job killed: walltime", "PBS: job killed: walltime"),
          row(Asked.TIME_LIMIT, "WORKER TIMEOUT", "WORKER TIMEOUT \\(pid:\\d"),
          row(
              Asked.TIME_LIMIT,
              "specified deadline",
              "\\b(?:Job|Pod) was active (?:on the node )?longer than (?:the )?specified deadline"),
          row(Asked.PREEMPTED, "DUE TO PREEMPTION", "CANCELLED AT \\S{1,40} DUE TO PREEMPTION"),
          row(Asked.PREEMPTED, "Preempted by ", "\\bPreempted by \\S{1,253} on node "),
          row(
              Asked.PREEMPTED,
              "imminent node shutdown",
              "terminated in response to imminent node shutdown"),
          row(
              Asked.PREEMPTED,
              "nterruption ",
              "\\b[Ss]pot (?:[Ii]nstance )?[Ii]nterruption (?:notice|warning)\\b"),
          row(Asked.PREEMPTED, "preempted", "\\b(?:was|being|been) preempted\\b"),
          row(Asked.STOPPED, "Sent interrupt. Waiting ", "Sent interrupt\\. Waiting \\S"),
          row(
              Asked.STOPPED,
              "killed by the ApplicationMaster",
              "(?:^|: )Container killed by the ApplicationMaster\\."),
          row(
              Asked.STOPPED,
              "kill -",
              "^(?:[\\w@:~./-]{0,80}[$#%]|\\+{1,5}) (?:sudo )?p?kill -\\w{1,10} \\S"),
          row(Asked.STOPPED, "Gracefully stopping...", "^(?:\\^C)?Gracefully stopping\\.\\.\\."),
          row(Asked.STOPPED, "Scaled down replica set ", "Scaled down replica set \\S"));

  private static Row row(Asked why, String keyword, String pattern) {
    return new Row(why, keyword, Pattern.compile(pattern));
  }

  private final Deque<Told> told = new ArrayDeque<>();

  @Override
  public List<String> keywords() {
    return ROWS.stream().map(Row::keyword).toList();
  }

  /** Others may want the line too. */
  @Override
  public boolean read(LogLine line, EventLog events) {
    for (Row row : ROWS) {
      if (line.has(row.keyword()) && row.pattern().matcher(line.text()).find()) {
        told.addLast(new Told(row.why(), line));
        if (told.size() > MOST) {
          told.removeFirst();
        }
        break;
      }
    }
    return false;
  }

  @Override
  public void close(EventLog events) {
    for (EventBuilder event : events.all()) {
      if (event.kind == EventKind.KILLED && event.killer == Killer.UNKNOWN) {
        told.stream()
            .filter(one -> belongs(one.line(), event))
            .findFirst()
            .ifPresent(one -> asked(event, one));
      }
    }
  }

  private static void asked(EventBuilder event, Told told) {
    asked(event.sign(told.line()), told.why());
  }

  /** Puts a signal down to who sent it. */
  public static void asked(EventBuilder event, Asked why) {
    event.constraint(why.constraint());
    event.notes.remove(UnknownKills.NOTE);
    event.notes.remove(UnknownKills.TERMINATED);
    event.note(
        "The text tells of that beside the signal, and not of memory; a log of the kernel that shows a"
            + " kill at that time would say otherwise.");
  }

  private static boolean belongs(LogLine line, EventBuilder event) {
    if (!line.source().equals(event.source())) {
      return false;
    }
    Double seconds = event.secondsFrom(line.time());
    return seconds == null
        ? Math.abs(event.lastLine() - line.number()) <= SAME_LINES
        : seconds <= SAME_SECONDS;
  }
}
