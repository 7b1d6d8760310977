// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.stack.CallSite;

/** One distinct SQL text, as it is recorded. */
public final class Sql {
  /** How often it is looked where a text comes from: as a rule from one place. */
  private static final int LOOKS = 3;

  /** Its hash, which events have. */
  public final long id;

  private final String text;
  private volatile int writtenInChunk;
  private volatile String site;
  private volatile int looks;

  Sql(long id, String text) {
    this.id = id;
    this.text = text;
  }

  /** Writes the text into the black box. */
  void show() {
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.sql(id, text);
    }
  }

  /** It is executed by a thread in a test or on a connection where it was not before. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void executed() {
    // Threads that race here look once more than they need to.
    if (site == null && looks < LOOKS) {
      looks = looks + 1;
      site = CallSite.find();
      writtenInChunk = 0;
    }
  }

  /**
   * Writes the text once per chunk, so that each chunk can be read on its own.
   *
   * @param chunk the number of the current one
   */
  public void write(int chunk) {
    if (writtenInChunk != chunk) {
      SqlTextEvent event = new SqlTextEvent();
      event.sqlId = id;
      event.text = text;
      event.site = site;
      event.commit();
      writtenInChunk = chunk;
    }
  }
}
