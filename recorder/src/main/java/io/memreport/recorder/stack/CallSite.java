// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

import io.memreport.recorder.framework.ApplicationCode;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The application's code that called a driver: the first frames that are neither a library's nor a
 * test framework's.
 */
public final class CallSite {
  private static final int FRAMES = 3;

  /**
   * Frames that were seen before, each where its hash says; of two that share a place one is read
   * again. Threads that race here store equal ones.
   */
  private static final Seen[] SEEN = new Seen[1024];

  private static final StackWalker WALKER = StackWalker.getInstance();

  /**
   * What there is to know of a frame.
   *
   * @param type its class
   * @param line null for a library's
   */
  private record Seen(String type, String method, int index, String line) {}

  private CallSite() {}

  /** Up to three frames, innermost first, or null if all are libraries'; some 3 microseconds. */
  public static String find() {
    return WALKER.walk(CallSite::find);
  }

  private static String find(Stream<StackFrame> frames) {
    StringBuilder found = null;
    String first = null;
    int count = 0;
    for (Iterator<StackFrame> rest = frames.iterator(); count < FRAMES && rest.hasNext(); ) {
      String line = line(rest.next());
      if (line == null) {
        continue;
      }
      if (count == 0) {
        first = line;
      } else {
        found = (found == null ? new StringBuilder(first) : found).append('\n').append(line);
      }
      count++;
    }
    return found == null ? first : found.toString();
  }

  /** Null for a frame of a library. */
  private static String line(StackFrame frame) {
    String type = frame.getClassName();
    int index = frame.getByteCodeIndex();
    int place = (type.hashCode() * 31 + index) & (SEEN.length - 1);
    Seen seen = SEEN[place];
    // A library is one with all its methods: it need not be asked for this one's name.
    if (seen != null && seen.type.equals(type) && seen.index == index) {
      if (seen.line == null || seen.method.equals(frame.getMethodName())) {
        return seen.line;
      }
    }
    seen =
        new Seen(type, frame.getMethodName(), index, ApplicationCode.is(type) ? text(frame) : null);
    SEEN[place] = seen;
    return seen.line;
  }

  private static String text(StackFrame frame) {
    String file = frame.getFileName();
    return frame.getClassName()
        + "."
        + frame.getMethodName()
        + (file == null ? "" : "(" + file + ":" + frame.getLineNumber() + ")");
  }
}
