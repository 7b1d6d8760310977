// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.NoteEvent;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something of ours went wrong: it costs data, never the application, and is said once. */
public final class Failure {
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Failure() {}

  /** Writes a note into the recording and, the first time, a line on stderr. */
  public static void note(String where, Throwable thrown) {
    if (SAID.compareAndSet(false, true)) {
      System.err.println(
          "memreport: " + where + " failed and may cost data; the application goes on: " + thrown);
      NoteEvent event = new NoteEvent();
      event.text = where + " failed, figures may be incomplete: " + thrown;
      event.commit();
    }
  }
}
