// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code /proc/PID/stat} says of a process, see proc(5).
 *
 * @param state {@code Z} for a process whose main thread has ended
 * @param threads how many threads it has, the main thread among them even after that has ended
 * @param startTicks clock ticks from the machine's start to its own
 */
public record ProcStat(long pid, char state, long parent, long threads, long startTicks) {
  private static final int PARENT = 1;
  private static final int THREADS = 17;
  private static final int START_TICKS = 19;

  /** Reads it; null if there is no such process. */
  public static ProcStat of(long pid) {
    try {
      return parse(
          pid,
          Files.readString(
              Path.of(ProcFile.ROOT + "/" + pid + "/stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return null;
    }
  }

  /** The name in parentheses may hold anything, parentheses and blanks too. */
  public static ProcStat parse(long pid, String text) {
    int behindName = text.lastIndexOf(')');
    String[] fields = text.substring(behindName + 1).strip().split(" ");
    if (behindName < 0 || fields.length <= START_TICKS) {
      return null;
    }
    return new ProcStat(
        pid,
        fields[0].charAt(0),
        Long.parseLong(fields[PARENT]),
        Long.parseLong(fields[THREADS]),
        Long.parseLong(fields[START_TICKS]));
  }

  /** Whether it can still do anything. */
  public boolean isAlive() {
    return !hasEnded(state, threads);
  }

  /**
   * Whether all of a process has ended, so that only its exit status is left. A main thread that
   * ended before the others is shown as a zombie while they run on, and so is their process.
   */
  public static boolean hasEnded(char state, long threads) {
    return (state == 'Z' || state == 'X') && threads <= 1;
  }
}
