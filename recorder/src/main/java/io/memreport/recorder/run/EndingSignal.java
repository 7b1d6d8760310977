// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.util.Set;

/**
 * The signal that ends the JVM. The JDK handles one on a thread that has its name, as {@code
 * SIGTERM handler}, and which lives until the JVM has ended: jdk.internal.misc.Signal.
 */
final class EndingSignal {
  private static final Set<String> ENDING = Set.of("SIGTERM", "SIGINT", "SIGHUP");
  private static final String HANDLER = " handler";

  private EndingSignal() {}

  /** Its name, or null if the JVM ends by itself. */
  static String name() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[2 * group.activeCount() + 16];
    int count = group.enumerate(threads, true);
    for (int i = 0; i < count; i++) {
      String name = threads[i].getName();
      if (name.endsWith(HANDLER)
          && ENDING.contains(name.substring(0, name.length() - HANDLER.length()))) {
        return name.substring(0, name.length() - HANDLER.length());
      }
    }
    return null;
  }
}
