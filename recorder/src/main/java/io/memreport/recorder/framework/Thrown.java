// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

/** What a test threw, without messages that may hold anything. */
public final class Thrown {
  private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();

  /** How the JVM keeps what a class's initialiser threw, for those who need the class later. */
  private static final String KEPT = "Exception " + OUT_OF_MEMORY + ": ";

  private static final String KEPT_END = " [in thread";

  /** Causes may lead back to where they came from. */
  private static final int DEPTH = 20;

  private Thrown() {}

  /**
   * The class of what was thrown; of an OutOfMemoryError anywhere among its causes that, with the
   * JVM's own message.
   */
  public static String name(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < DEPTH; i++) {
      if (cause instanceof OutOfMemoryError) {
        return OUT_OF_MEMORY + ": " + cause.getMessage();
      }
      String message = cause instanceof LinkageError ? cause.getMessage() : null;
      if (message != null && message.startsWith(KEPT)) {
        int end = message.indexOf(KEPT_END, KEPT.length());
        return OUT_OF_MEMORY
            + ": "
            + message.substring(KEPT.length(), end < 0 ? message.length() : end);
      }
      cause = cause.getCause();
    }
    return thrown.getClass().getName();
  }
}
