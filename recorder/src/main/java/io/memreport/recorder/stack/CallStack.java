// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for woven calls on the current thread's stack; some microseconds, more if it is deep. */
public final class CallStack {
  private static final String OURS = "io.memreport.recorder.";
  private static final String EXECUTE = "execute";
  private static final StackWalker WALKER = StackWalker.getInstance();

  private CallStack() {}

  /** Whether a method of this statement that executes it is around the hook which asks. */
  public static boolean holds(Object statement) {
    Set<String> classes = new HashSet<>();
    for (Class<?> type = statement.getClass(); type != null; type = type.getSuperclass()) {
      classes.add(type.getName());
    }
    return WALKER.walk(
        frames ->
            aroundWoven(frames)
                .anyMatch(
                    frame ->
                        frame.getMethodName().startsWith(EXECUTE)
                            && classes.contains(frame.getClassName())));
  }

  /** Whether a method of this name is on the stack. */
  public static boolean holds(String className, String method) {
    return WALKER.walk(
        frames ->
            frames.anyMatch(
                frame ->
                    frame.getMethodName().equals(method)
                        && frame.getClassName().equals(className)));
  }

  /** Leaves out the hook and the woven method that called it. */
  private static Stream<StackWalker.StackFrame> aroundWoven(Stream<StackWalker.StackFrame> frames) {
    return frames.dropWhile(frame -> frame.getClassName().startsWith(OURS)).skip(1);
  }
}
