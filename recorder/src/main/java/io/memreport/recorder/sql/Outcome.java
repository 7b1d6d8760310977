// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import java.util.Locale;

/** How an execution ended. */
public enum Outcome {
  OK,
  ERROR,
  TIMEOUT,
  CANCELLED;

  /** SQLITE_INTERRUPT, see https://www.sqlite.org/rescode.html. */
  private static final int SQLITE_INTERRUPT = 9;

  public final String label = name().toLowerCase(Locale.ROOT);

  /**
   * Reads an exception by name: SQL exceptions live in a module that the boot loader does not see.
   *
   * @param thrown null if the call returned
   * @param cancelled whether the statement was cancelled meanwhile
   */
  public static Outcome of(Throwable thrown, boolean cancelled) {
    if (thrown == null) {
      return OK;
    }
    if (thrown.getClass().getName().equals("java.sql.SQLTimeoutException")) {
      return TIMEOUT;
    }
    return cancelled || isInterrupt(thrown) ? CANCELLED : ERROR;
  }

  private static boolean isInterrupt(Throwable thrown) {
    if (!thrown.getClass().getName().startsWith("org.sqlite.")) {
      return false;
    }
    try {
      Object code = thrown.getClass().getMethod("getErrorCode").invoke(thrown);
      return code instanceof Integer number && (number & 0xff) == SQLITE_INTERRUPT;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
