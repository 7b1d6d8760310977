// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of PostgreSQL that has just failed: the lines behind its error belong to that. */
final class FailedBackend {
  private static final int LONGEST_STATEMENT = 4000;
  private static final Pattern SHMGET =
      Pattern.compile("shmget\\(key=(\\d{1,18}), size=(\\d{1,18}), ");
  private static final Pattern SEMGET = Pattern.compile("semget\\((\\d{1,18}), \\d{1,9}, ");
  private static final Pattern CURRENTLY = Pattern.compile("currently (\\d{1,18}) bytes");
  private static final Pattern DIRECTORY = Pattern.compile("data directory \"([^\"]{1,400})\"");
  private static final Pattern STACK =
      Pattern.compile("at [\\w.$/<>@-]{1,200}\\(|\\.\\.\\. \\d{1,6} (?:more|common)|Caused by:");

  private final EventBuilder event;
  private final SharedMemoryDraft failure;
  private PostgresLine statementLine;
  private StringBuilder statement;

  FailedBackend(EventBuilder event, SharedMemoryDraft failure) {
    this.event = event;
    this.failure = failure;
  }

  /** Takes a line of the same message. */
  void read(PostgresLine line, LogLine whole) {
    event.sign(line.shown(whole));
    statement = null;
    switch (line.severity()) {
      case "DETAIL" -> detail(line.body());
      case "HINT" -> hint(line.body());
      case "STATEMENT" -> statement(line);
      default -> {
        // CONTEXT says that it was a parallel worker, QUERY what a function ran.
      }
    }
  }

  private void detail(String body) {
    Matcher call = SHMGET.matcher(body);
    if (call.find()) {
      failure.key = Long.valueOf(call.group(1));
      failure.sizeBytes = Long.valueOf(call.group(2));
      return;
    }
    call = SEMGET.matcher(body);
    if (call.find()) {
      failure.key = Long.valueOf(call.group(1));
    }
  }

  private void hint(String body) {
    Matcher size = CURRENTLY.matcher(body);
    if (failure.sizeBytes == null && size.find()) {
      failure.sizeBytes = Long.valueOf(size.group(1));
    }
    Matcher directory = DIRECTORY.matcher(body);
    if (directory.find()) {
      event.detail("The data directory is " + directory.group(1) + ".");
    }
  }

  private void statement(PostgresLine line) {
    if (failure.statement == null && !line.body().isEmpty()) {
      statementLine = line;
      statement = new StringBuilder();
      append(line.body());
    }
  }

  /** Takes a further line of the statement, which begins with a tab in PostgreSQL's log. */
  boolean continues(LogLine line) {
    String more = statement == null ? null : statementLine.continuation(line);
    if (more == null || STACK.matcher(more).lookingAt()) {
      statement = null;
      return false;
    }
    if (!more.isEmpty()) {
      append("\n" + more);
    }
    return true;
  }

  private void append(String text) {
    if (statement.length() < LONGEST_STATEMENT) {
      statement.append(text);
    }
    String shown = new Fingerprint().read(statement.toString(), Dialect.POSTGRESQL).text();
    failure.statement =
        shown.length() <= LONGEST_STATEMENT
            ? shown
            : shown.substring(0, LONGEST_STATEMENT - 1) + "…";
  }
}
