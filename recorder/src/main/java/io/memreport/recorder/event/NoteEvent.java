// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Something that limits what this recording can tell. */
@Name(NoteEvent.NAME)
@Label("Note")
@Description("Something that limits what this recording can tell.")
public final class NoteEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Note";

  @Label("Text")
  public String text;
}
