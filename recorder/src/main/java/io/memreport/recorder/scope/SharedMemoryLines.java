// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.SharedFailureEvent;
import java.nio.charset.StandardCharsets;

/**
 * Finds lines about shared memory in what a process prints: PostgreSQL's errors with the statement
 * behind them, and the sizes that initdb falls back to when it gets none.
 */
public final class SharedMemoryLines {
  /** Longer lines are looked at up to here. */
  private static final int MAX_LINE = 4096;

  /** A program that prints the same error in a loop says nothing new. */
  private static final int MOST = 200;

  private static final String[] WORDS = {"shared memory", "shmget", "shmat("};

  /** What initdb prints in good times, too: only the sizes that it falls back to say anything. */
  private static final String PROBE = "selecting default ";

  private static final String STATEMENT = "STATEMENT:  ";

  /** A statement may stand so many lines below what was wrong with it. */
  private static final int STATEMENT_WITHIN = 20;

  private static int written;

  private final long testId;
  private final byte[] line = new byte[MAX_LINE];
  private int length;

  private int linesSince = Integer.MAX_VALUE;

  /** Begins to look at what a process of this test prints, 0 for none. */
  public SharedMemoryLines(long testId) {
    this.testId = testId;
  }

  /** Looks at what was printed next. */
  public void add(byte[] buffer, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (buffer[i] == '\n') {
        look(new String(line, 0, length, StandardCharsets.UTF_8));
        length = 0;
      } else if (length < MAX_LINE) {
        line[length++] = buffer[i];
      }
    }
  }

  private void look(String text) {
    if (holds(text)) {
      linesSince = 0;
      write(SharedFailureEvent.OUTPUT, testId, 0, text.strip());
    } else if (linesSince < STATEMENT_WITHIN) {
      linesSince++;
      int at = text.indexOf(STATEMENT);
      if (at >= 0) {
        linesSince = Integer.MAX_VALUE;
        int sql = at + STATEMENT.length();
        write(
            SharedFailureEvent.OUTPUT,
            testId,
            0,
            text.substring(0, sql) + RecordableSql.of(text.substring(sql)));
      }
    }
  }

  /** A run ends: the next one may write as many. */
  static synchronized void forget() {
    written = 0;
  }

  private static boolean holds(String text) {
    if (text.startsWith("selecting ")) {
      return text.startsWith(PROBE)
          && (text.contains("max_connections") || text.contains("shared_buffers"));
    }
    for (String word : WORDS) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at what an exception and those behind it say.
   *
   * @param sqlId the query that it ended, 0 for none
   */
  static void look(Throwable thrown, long testId, long sqlId) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 20; at = at.getCause()) {
      depth++;
      String message = at.getMessage();
      if (message != null && holds(message)) {
        for (String text : message.split("\n", STATEMENT_WITHIN)) {
          if (holds(text)) {
            write(SharedFailureEvent.EXCEPTION, testId, sqlId, text.strip());
          }
        }
      }
    }
  }

  private static synchronized void write(String source, long testId, long sqlId, String text) {
    if (written++ >= MOST) {
      return;
    }
    SharedFailureEvent event = new SharedFailureEvent();
    event.source = source;
    event.testId = testId;
    event.sqlId = sqlId;
    event.text = text;
    event.commit();
  }
}
