// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.line.LogLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of PostgreSQL's log, behind whatever else stands before it.
 *
 * @param severity FATAL and the like, or DETAIL, HINT, CONTEXT, QUERY, STATEMENT
 * @param pid of the backend, or null
 * @param stamp the time in PostgreSQL's own words, or null
 * @param carrier what a library or a build tool put before all of it
 * @param body what stands behind the severity
 */
record PostgresLine(String severity, Long pid, String stamp, String carrier, String body) {
  private static final int LONGEST_PREFIX = 400;
  private static final String SEVERITY =
      "(PANIC|FATAL|ERROR|WARNING|NOTICE|LOG|DETAIL|HINT|CONTEXT|QUERY|STATEMENT|LOCATION):(?: |$)";
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?: [A-Z]{1,5})?";
  private static final Pattern MARK = Pattern.compile("(?:^|(?<=[\\s\\])>|:.»'\"`-]))" + SEVERITY);

  /** A tool's own ERROR: may stand before all of it. */
  private static final Pattern NESTED =
      Pattern.compile(" {0,8}(?:" + TIME + " )?(?:\\[\\d{1,10}\\] )?" + SEVERITY);

  private static final Pattern STAMP = Pattern.compile(TIME);
  private static final Pattern PID = Pattern.compile("\\[(\\d{1,10})\\]|\\bpid[ =:](\\d{1,10})");

  /** With syslog, PostgreSQL numbers its messages and their lines. */
  private static final Pattern SEQUENCE = Pattern.compile("\\[\\d{1,10}-\\d{1,10}\\] ?");

  /** The line, or null if it has no severity. */
  static PostgresLine of(LogLine line) {
    String text = line.text();
    Matcher mark = MARK.matcher(text).region(0, Math.min(text.length(), LONGEST_PREFIX));
    mark.useTransparentBounds(true).useAnchoringBounds(false);
    if (!mark.find()) {
      return null;
    }
    int start = mark.start(1);
    int end = mark.end();
    String severity = mark.group(1);
    Matcher nested = NESTED.matcher(text).region(end, text.length());
    while (nested.lookingAt()) {
      start = nested.start(1);
      end = nested.end();
      severity = nested.group(1);
      nested.region(end, text.length());
    }
    return behind(line, text.substring(0, start), severity, text.substring(end).strip());
  }

  private static PostgresLine behind(LogLine line, String prefix, String severity, String body) {
    int carried = prefix.length();
    Matcher time = STAMP.matcher(prefix);
    String stamp = null;
    if (time.find()) {
      stamp = time.group();
      carried = time.start();
    }
    Long pid = null;
    Matcher number = PID.matcher(prefix);
    while (number.find()) {
      pid = Long.valueOf(number.group(1) == null ? number.group(2) : number.group(1));
      carried = Math.min(carried, number.start());
    }
    if (stamp == null && pid != null && line.time() != null) {
      stamp = line.time().text();
    }
    if (pid == null && SEQUENCE.matcher(prefix).lookingAt()) {
      pid = line.writerPid();
    }
    return new PostgresLine(
        severity, pid, stamp == null ? null : stamp.strip(), prefix.substring(0, carried), body);
  }

  /** Whether it begins a message; the others belong to one. */
  boolean isMessage() {
    return switch (severity) {
      case "DETAIL", "HINT", "CONTEXT", "QUERY", "STATEMENT", "LOCATION" -> false;
      default -> true;
    };
  }

  /** The line as far as it may be shown: without users before it, and without SQL. */
  LogLine shown(LogLine whole) {
    boolean sql =
        severity.equals("STATEMENT") || severity.equals("QUERY") || severity.equals("CONTEXT");
    return whole.withText(severity + ":  " + (sql ? "…" : body));
  }

  /** What a further line of this one holds, or null if that is none of it. */
  String continuation(LogLine next) {
    if (next.indented()) {
      return next.text();
    }
    Matcher sequence = SEQUENCE.matcher(next.text());
    boolean numbered = next.writerPid() != null && next.writerPid().equals(pid);
    if (numbered && sequence.lookingAt() && next.text().startsWith(" ", sequence.end())) {
      return next.text().substring(sequence.end()).strip();
    }
    boolean carries = !carrier.isEmpty() && next.text().startsWith(carrier + " ");
    return carries ? next.text().substring(carrier.length()).strip() : null;
  }
}
