// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.FlightBox;
import io.memreport.recorder.event.SqlTextEvent;

/** One distinct SQL text, as it is recorded. */
final class Sql {
  final long id;
  private final String text;
  private volatile int writtenInChunk;

  Sql(long id, String text) {
    this.id = id;
    this.text = text;
  }

  /** Writes the text into the black box. */
  void show() {
    FlightBox box = FlightBox.current();
    if (box != null) {
      box.sql(id, text);
    }
  }

  /** Writes the text once per chunk, so that each chunk can be read on its own. */
  void write(int chunk) {
    if (writtenInChunk != chunk) {
      writtenInChunk = chunk;
      SqlTextEvent event = new SqlTextEvent();
      event.sqlId = id;
      event.text = text;
      event.commit();
    }
  }
}
