// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.HEAP_AT;
import static io.memreport.recorder.box.BoxLayout.HEAP_BYTES;
import static io.memreport.recorder.box.BoxLayout.HEAP_CHECK;
import static io.memreport.recorder.box.BoxLayout.HEAP_COUNT;
import static io.memreport.recorder.box.BoxLayout.HEAP_DEVIATION;
import static io.memreport.recorder.box.BoxLayout.HEAP_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.HEAP_HEAD_CHECK;
import static io.memreport.recorder.box.BoxLayout.HEAP_INTERVAL;
import static io.memreport.recorder.box.BoxLayout.HEAP_LENGTH;
import static io.memreport.recorder.box.BoxLayout.HEAP_NUMBER;
import static io.memreport.recorder.box.BoxLayout.HEAP_PROVEN;
import static io.memreport.recorder.box.BoxLayout.HEAP_ROOM;
import static io.memreport.recorder.box.BoxLayout.HEAP_ROWS;
import static io.memreport.recorder.box.BoxLayout.HEAP_ROW_SIZE;
import static io.memreport.recorder.box.BoxLayout.HEAP_SAMPLES;
import static io.memreport.recorder.box.BoxLayout.HEAP_SIZE;
import static io.memreport.recorder.box.BoxLayout.HEAP_SURVIVORS;
import static io.memreport.recorder.box.BoxLayout.HEAP_TEST;
import static io.memreport.recorder.box.BoxLayout.HEAP_TEXT;
import static io.memreport.recorder.box.BoxLayout.HEAP_TURN;

import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** The largest rows of sampled Java heap. One thread at a time writes them. */
final class HeapTable {
  private final ByteBuffer box;
  private long turn;

  HeapTable(ByteBuffer box) {
    this.box = box;
  }

  void write(HeapLiveEvent[] rows, int count) {
    turn++;
    int head = HEAP_AT + (int) (turn % 2) * HEAP_SIZE;
    int written = Math.min(count, HEAP_ROWS);
    box.putLong(head + HEAP_HEAD_CHECK, 0);
    VarHandle.releaseFence();
    for (int i = 0; i < written; i++) {
      write(head + (i + 1) * HEAP_ROW_SIZE, rows[i]);
    }
    box.putLong(head + HEAP_NUMBER, turn);
    box.putLong(head + HEAP_EPOCH_MILLIS, System.currentTimeMillis());
    box.putLong(head + HEAP_COUNT, written);
    long check = BoxCheck.of(box, head, head + HEAP_HEAD_CHECK);
    VarHandle.releaseFence();
    box.putLong(head + HEAP_HEAD_CHECK, check);
  }

  private void write(int at, HeapLiveEvent row) {
    byte[] text = BoxText.encode(HEAP_ROOM, row.site, row.className);
    box.putLong(at + HEAP_TEST, row.testId);
    box.putLong(at + HEAP_BYTES, row.bytes);
    box.putLong(at + HEAP_DEVIATION, row.deviation);
    box.putLong(at + HEAP_SAMPLES, row.samples);
    box.putLong(at + HEAP_SURVIVORS, row.survivors);
    box.putLong(at + HEAP_PROVEN, row.proven);
    box.putLong(at + HEAP_INTERVAL, row.interval);
    box.putInt(at + HEAP_LENGTH, text.length);
    box.put(at + HEAP_TEXT, text);
    box.putLong(at + HEAP_TURN, turn);
    box.putLong(at + HEAP_CHECK, BoxCheck.of(box, at, at + HEAP_CHECK));
  }
}
