// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_AT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_CHECK;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_EXIT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_FLAGS;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_NUMBER;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_OS_THREAD;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_ROOM;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_SIZE;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_TEXT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTIONS;

import io.memreport.recorder.event.ExhaustedEvent;
import io.memreport.recorder.nativeheap.Exhaustion;
import java.nio.ByteBuffer;

/**
 * OutOfMemoryErrors that the JVM threw. Native code writes them into the box when they are thrown;
 * here they become events, as soon as there is memory for one again.
 */
final class Exhaustions {
  private final ByteBuffer box;
  private long written;

  Exhaustions(ByteBuffer box) {
    this.box = box;
  }

  void listen() {
    Exhaustion.tellIn(box.slice(EXHAUSTED_AT, EXHAUSTIONS * EXHAUSTED_SIZE));
  }

  /** Writes an event for each that came since; one at a time. False if none did. */
  boolean write() {
    long before = written;
    for (int slot = 0; slot < EXHAUSTIONS; slot++) {
      int at = EXHAUSTED_AT + slot * EXHAUSTED_SIZE;
      long number = box.getLong(at + EXHAUSTED_NUMBER);
      if (number > written
          && box.getLong(at + EXHAUSTED_FLAGS) != EXHAUSTED_EXIT
          && box.getLong(at + EXHAUSTED_CHECK) == BoxCheck.of(box, at, at + EXHAUSTED_CHECK)) {
        ExhaustedEvent event = new ExhaustedEvent();
        event.number = number;
        event.atMillis = box.getLong(at + EXHAUSTED_EPOCH_MILLIS);
        event.osThreadId = box.getLong(at + EXHAUSTED_OS_THREAD);
        event.what = BoxText.untilZero(box, at + EXHAUSTED_TEXT, EXHAUSTED_ROOM);
        event.commit();
        written = number;
      }
    }
    return written != before;
  }
}
