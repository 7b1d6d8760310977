// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import io.memreport.input.log.line.LogLine;
import java.util.function.Consumer;

/**
 * Joins lines that a terminal, a mail or a ticket broke: the second half has no prefix of its own,
 * and goes on where the first one stopped.
 */
public final class WrappedLines {
  private static final int MOST_PARTS = 6;
  private static final int LONGEST = 8000;

  private final Consumer<LogLine> lines;
  private LogLine held;
  private int parts;

  public WrappedLines(Consumer<LogLine> lines) {
    this.lines = lines;
  }

  public void line(LogLine line) {
    if (held != null && line.time() == null && continues(line.text())) {
      held = held.withText(held.text() + glue(held.text(), line.text()) + line.text());
      parts++;
      if (parts >= MOST_PARTS || !isOpenEnded(held.text())) {
        end();
      }
      return;
    }
    end();
    if (isOpenEnded(line.text())) {
      held = line;
      parts = 1;
    } else {
      lines.accept(line);
    }
  }

  /** Whether the next line may belong to one that is held back. */
  public boolean isOpen() {
    return held != null;
  }

  public void end() {
    if (held != null) {
      LogLine whole = held;
      held = null;
      lines.accept(whole);
    }
  }

  private boolean continues(String text) {
    return !text.isEmpty()
        && held.text().length() + text.length() < LONGEST
        && !text.startsWith("[")
        && !isOpenEnded(text)
        && !text.contains("oom_reaper")
        && !text.startsWith("CPU: ")
        && !text.startsWith("memory: ")
        && !text.startsWith("Call Trace");
  }

  /** A break within a word leaves no space on either side. */
  private static String glue(String first, String second) {
    boolean words =
        second.startsWith("due to ") || second.startsWith("being ") || second.startsWith("for ");
    if (isCutInWords(first) || isOfYarn(first) || isOfOomd(first) && words) {
      return " ";
    }
    char last = first.charAt(first.length() - 1);
    boolean word = Character.isLetterOrDigit(last) && Character.isLetter(second.charAt(0));
    boolean spaceLost = last == ',' || last == ')';
    return spaceLost && !word ? " " : "";
  }

  /** The words before the number of the process. */
  private static boolean isCutInWords(String text) {
    return text.endsWith("ut of memory: Killed") || text.endsWith("ut of memory: Killed process");
  }

  /** YARN breaks its own message in some versions. */
  private static boolean isOfYarn(String text) {
    return text.contains("beyond ")
        && text.contains("containerID=")
        && !text.contains("memory used");
  }

  /** The paths of systemd-oomd are long. */
  private static boolean isOfOomd(String text) {
    return text.startsWith("Killed /") || text.startsWith("Marked /");
  }

  private static boolean isOpenEnded(String text) {
    return isOfYarn(text)
        || isOfOomd(text) && !text.contains(" due to memory ")
        || KernelKill.isCut(text)
        || isCutInWords(text)
        || begins(text, "invoked oom-killer", "order=")
        || begins(text, "oom-kill:constraint=", ",uid=")
        || begins(text, " due to memory pressure for ", "% for > ")
        || begins(text, " due to memory used (", "more than");
  }

  private static boolean begins(String text, String beginning, String end) {
    return text.contains(beginning) && !text.contains(end);
  }
}
