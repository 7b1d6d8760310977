// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

import io.memreport.recorder.event.shared.SharedFailureEvent;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds lines about shared memory in what a process prints: PostgreSQL's errors with the statement
 * behind them, and the sizes that initdb falls back to when it gets none.
 */
public final class SharedMemoryLines {
  /** A program that prints the same error in a loop says nothing new. */
  private static final int MOST = 200;

  private static final String[] WORDS = {"shared memory", "shmget", "shmat("};

  private static final String PROBE = "selecting default ";

  /** A line with none of these is of no interest, unless it is a statement behind one. */
  public static final List<String> SIGNS = List.of(WORDS[0], WORDS[1], WORDS[2], PROBE);

  /** The buffers that initdb falls back to when none of its probes got any. */
  private static final String SMALLEST = "400kB";

  private static final Pattern PROBED =
      Pattern.compile("selecting default \"?[a-z_]{1,40}\"? \\.\\.\\. \\w{1,20}");

  private static final String STATEMENT = "STATEMENT:  ";

  /** A statement may stand so many lines below what was wrong with it. */
  private static final int STATEMENT_WITHIN = 20;

  private static final int MOST_CAUSES = 20;

  /** Of what a server writes before a message: when, and which of its processes. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,6})?)?(?: [A-Z]{1,5}\\b)?"
              + "|\\[\\d{1,10}\\]");

  private static int written;

  /** What a message may say: no SQL, no names but those of segments. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?:(?:ERROR|FATAL|PANIC): +)?could not [a-z -]{0,40}shared memory"
              + "(?: [a-z]{1,20}| \"[\\w./-]{1,100}\"| \\d{1,20}){0,8}: "
              + "(?:No space left on device|Cannot allocate memory|Invalid argument|File exists"
              + "|Permission denied|Operation not permitted|Too many open files"
              + "|No such file or directory)"
              + "|pre-existing shared memory block \\(key \\d+, ID \\d+\\)(?: is still in use)?"
              + "|(?:shmget|shmat)\\([\\w=, ]{0,80}\\)(?: failed)?(?:: No space left on device)?");

  /** What the last exception looked at began with: its query and its test both meet it. */
  private static WeakReference<Throwable> lastRoot = new WeakReference<>(null);

  private final long testId;

  /** What initdb said of connections: it means something with the line behind it. */
  private String heldBack;

  /** Lines with a sign. */
  private int said;

  private int linesSince = Integer.MAX_VALUE;

  /** Begins to look at what a process of this test prints, 0 for none. */
  public SharedMemoryLines(long testId) {
    this.testId = testId;
  }

  /** Whether the process has said so much of it that more would say nothing new. */
  public boolean isFull() {
    return said >= MOST;
  }

  /** Whether the next line may mean something even without one of the {@link #SIGNS}. */
  public boolean wantsNext() {
    return linesSince < STATEMENT_WITHIN;
  }

  /** Lines were printed that nobody looked at: the next one belongs to none before. */
  public void passOver() {
    linesSince = Integer.MAX_VALUE;
    heldBack = null;
  }

  /** Looks at a line that holds one of the signs, or is {@linkplain #wantsNext wanted}. */
  public void look(String text) {
    int statement = text.indexOf(STATEMENT);
    if (text.startsWith(PROBE)) {
      said++;
      probe(text.strip());
    } else if (statement >= 0) {
      statement(text, statement + STATEMENT.length());
    } else if (holds(text)) {
      said++;
      refusal(text);
    } else if (linesSince < STATEMENT_WITHIN) {
      linesSince++;
    }
  }

  private void statement(String text, int sql) {
    if (linesSince < STATEMENT_WITHIN) {
      linesSince = Integer.MAX_VALUE;
      write(
          SharedFailureEvent.OUTPUT,
          testId,
          0,
          origin(text.substring(0, sql - STATEMENT.length()))
              + STATEMENT
              + RecordableSql.of(text.substring(sql)));
    }
  }

  private void refusal(String text) {
    Matcher refusal = REFUSAL.matcher(text);
    if (refusal.find()) {
      linesSince = 0;
      write(
          SharedFailureEvent.OUTPUT,
          testId,
          0,
          origin(text.substring(0, refusal.start())) + refusal.group());
    }
  }

  /** A prefix may hold users, databases and addresses: the time and the process are kept. */
  private static String origin(String prefix) {
    StringBuilder kept = new StringBuilder();
    Matcher part = ORIGIN.matcher(prefix);
    for (int parts = 0; parts < 2 && part.find(); parts++) {
      kept.append(part.group()).append(' ');
    }
    return kept.toString();
  }

  /** A run ends: the next one may write as many. */
  public static synchronized void forget() {
    written = 0;
  }

  private void probe(String text) {
    if (text.contains("max_connections")) {
      heldBack = PROBED.matcher(text).matches() ? text : null;
    } else if (text.contains("shared_buffers")
        && text.endsWith(SMALLEST)
        && PROBED.matcher(text).matches()) {
      if (heldBack != null) {
        write(SharedFailureEvent.OUTPUT, testId, 0, heldBack);
      }
      write(SharedFailureEvent.OUTPUT, testId, 0, text);
    }
  }

  private static boolean holds(String text) {
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
  public static void look(Throwable thrown, long testId, long sqlId) {
    Throwable root = null;
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < MOST_CAUSES; at = at.getCause()) {
      depth++;
      if (at.getMessage() != null && holds(at.getMessage())) {
        root = at;
      }
    }
    if (root == null || !isNew(root)) {
      return;
    }
    Matcher refusal = REFUSAL.matcher(root.getMessage());
    if (refusal.find()) {
      write(SharedFailureEvent.EXCEPTION, testId, sqlId, refusal.group());
    }
  }

  private static synchronized boolean isNew(Throwable root) {
    boolean known = lastRoot.get() == root;
    lastRoot = new WeakReference<>(root);
    return !known;
  }

  private static synchronized void write(String source, long testId, long sqlId, String text) {
    SharedFailureEvent event = new SharedFailureEvent();
    if (!event.isEnabled() || written++ >= MOST) {
      return;
    }
    event.source = source;
    event.testId = testId;
    event.sqlId = sqlId;
    event.text = text;
    event.commit();
  }
}
