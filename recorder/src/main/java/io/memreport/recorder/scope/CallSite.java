// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.lang.StackWalker.StackFrame;
import java.util.stream.Collectors;

/** The application's code that called a driver: the first frames that are not a library's. */
final class CallSite {
  private static final int FRAMES = 3;

  /** What stands between an application and its driver, as a rule. */
  private static final String[] BETWEEN = {
    "io.memreport.recorder.",
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "org.sqlite.",
    "org.h2.",
    "org.postgresql.",
    "com.mysql.",
    "org.mariadb.",
    "org.hsqldb.",
    "com.zaxxer.hikari.",
    "org.apache.commons.dbcp2.",
    "org.apache.commons.pool2.",
    "com.mchange.",
    "io.agroal.",
    "org.springframework.",
    "org.hibernate.",
    "org.jooq.",
    "org.apache.ibatis.",
    "org.jdbi."
  };

  private CallSite() {}

  /** Up to three frames, innermost first, or null if all are libraries'; some 20 microseconds. */
  static String find() {
    String found =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(CallSite::isApplication)
                        .limit(FRAMES)
                        .map(CallSite::line)
                        .collect(Collectors.joining("\n")));
    return found.isEmpty() ? null : found;
  }

  private static boolean isApplication(StackFrame frame) {
    String name = frame.getClassName();
    for (String library : BETWEEN) {
      if (name.startsWith(library)) {
        return false;
      }
    }
    return true;
  }

  private static String line(StackFrame frame) {
    String file = frame.getFileName();
    return frame.getClassName()
        + "."
        + frame.getMethodName()
        + (file == null ? "" : "(" + file + ":" + frame.getLineNumber() + ")");
  }
}
