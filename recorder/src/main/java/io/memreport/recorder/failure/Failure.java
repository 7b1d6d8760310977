// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.failure;

import io.memreport.recorder.event.NoteEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something of ours went wrong: it costs data, never the application, and is said once. */
public final class Failure {
  /** A chain of causes may end in itself. */
  private static final int MOST_CAUSES = 8;

  /** Enough to see what is wrong; a failure that repeats says nothing more. */
  private static final int MOST_NOTES = 20;

  private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Failure() {}

  /**
   * Runs a part of ours and notes what it throws.
   *
   * @param part null for nothing
   */
  public static void notedIn(String where, Runnable part) {
    if (part != null) {
      try {
        part.run();
      } catch (RuntimeException | LinkageError e) {
        note(where, e);
      }
    }
  }

  /**
   * Writes a note into the recording, once for each place, and the first of all on stderr: but not
   * what goes wrong with the JVM as a whole, such as no memory, which the application meets too.
   * Throws nothing, whatever else is wrong.
   */
  public static void note(String where, Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      // The application's; here, too, there is no room on the stack for more.
      return;
    }
    try {
      if (!isOfJvm(thrown) && SAID.compareAndSet(false, true)) {
        System.err.println(
            "memreport: "
                + where
                + " failed and may cost data; the application goes on: "
                + thrown);
      }
      NoteEvent event = new NoteEvent();
      event.text = where + " failed, figures may be incomplete: " + thrown;
      if (NOTED.size() < MOST_NOTES && NOTED.add(where)) {
        event.commit();
      }
    } catch (Throwable e) {
      return;
    }
  }

  /**
   * The JVM has OutOfMemoryErrors made in advance: where a resource is closed because of one, and
   * closing it throws the same, an IllegalArgumentException tells that none may suppress itself.
   */
  static boolean isOfJvm(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof VirtualMachineError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
