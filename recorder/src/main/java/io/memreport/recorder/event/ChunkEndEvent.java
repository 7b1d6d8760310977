// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;

/** Never written: JFR asks for it when a chunk ends, which is when totals are. */
@Name(ChunkEndEvent.NAME)
@Label("Chunk End")
@Description("Never written: JFR asks for it when a chunk ends, which is when totals are.")
@Period("endChunk")
public final class ChunkEndEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ChunkEnd";
}
