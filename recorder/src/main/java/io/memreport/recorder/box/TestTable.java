// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.KIND_CLASS;
import static io.memreport.recorder.box.BoxLayout.KIND_SPAN;
import static io.memreport.recorder.box.BoxLayout.KIND_TEST;
import static io.memreport.recorder.box.BoxLayout.TESTS;
import static io.memreport.recorder.box.BoxLayout.TESTS_AT;
import static io.memreport.recorder.box.BoxLayout.TESTS_DROPPED;
import static io.memreport.recorder.box.BoxLayout.TEST_CHECK;
import static io.memreport.recorder.box.BoxLayout.TEST_ID;
import static io.memreport.recorder.box.BoxLayout.TEST_KIND;
import static io.memreport.recorder.box.BoxLayout.TEST_LENGTH;
import static io.memreport.recorder.box.BoxLayout.TEST_NANOS;
import static io.memreport.recorder.box.BoxLayout.TEST_PARENT;
import static io.memreport.recorder.box.BoxLayout.TEST_ROOM;
import static io.memreport.recorder.box.BoxLayout.TEST_SIZE;
import static io.memreport.recorder.box.BoxLayout.TEST_STARTED_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.TEST_STATE;
import static io.memreport.recorder.box.BoxLayout.TEST_TEXT;

import io.memreport.recorder.event.TestStartEvent;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** The tests that run. A suite has more tests than any table: those that are over make room. */
final class TestTable {
  private final ByteBuffer box;
  private final long[] running = new long[TESTS];
  private final long[] startedNanos = new long[TESTS];
  private int next;
  private long dropped;

  TestTable(ByteBuffer box) {
    this.box = box;
  }

  synchronized void started(TestStartEvent event) {
    for (int tried = 0; tried < TESTS; tried++) {
      int slot = next;
      next = (next + 1) % TESTS;
      if (running[slot] == 0) {
        running[slot] = event.testId;
        startedNanos[slot] = System.nanoTime();
        write(TESTS_AT + slot * TEST_SIZE, event);
        return;
      }
    }
    box.putLong(TESTS_DROPPED, ++dropped);
  }

  private void write(int at, TestStartEvent event) {
    byte[] text =
        BoxText.encode(
            TEST_ROOM,
            event.engine,
            event.uniqueId,
            event.className,
            event.methodName,
            event.displayName);
    box.putLong(at + TEST_STATE, 0);
    VarHandle.releaseFence();
    box.put(at, new byte[TEST_CHECK]);
    box.putLong(at + TEST_ID, event.testId);
    box.putLong(at + TEST_PARENT, event.parentId);
    box.putLong(at + TEST_STARTED_EPOCH_MILLIS, System.currentTimeMillis());
    box.putInt(at + TEST_KIND, kind(event.kind));
    box.putInt(at + TEST_LENGTH, text.length);
    box.put(at + TEST_TEXT, text);
    box.putLong(at + TEST_CHECK, BoxCheck.of(box, at, at + TEST_CHECK));
    VarHandle.releaseFence();
    box.putLong(at + TEST_STATE, BoxCheck.state(event.testId, BoxStatus.RUNNING, 0));
  }

  private static int kind(String kind) {
    return switch (kind) {
      case "class" -> KIND_CLASS;
      case "span" -> KIND_SPAN;
      default -> KIND_TEST;
    };
  }

  synchronized void ended(long testId, String status) {
    // Most end soon after they began: look there first.
    for (int back = 1; back <= TESTS; back++) {
      int slot = Math.floorMod(next - back, TESTS);
      if (running[slot] == testId) {
        running[slot] = 0;
        end(TESTS_AT + slot * TEST_SIZE, testId, status, System.nanoTime() - startedNanos[slot]);
        return;
      }
    }
  }

  /** Until the state is stored, the test runs: that of a running one does not cover its time. */
  private void end(int at, long testId, String status, long nanos) {
    box.putLong(at + TEST_NANOS, nanos);
    VarHandle.releaseFence();
    box.putLong(at + TEST_STATE, BoxCheck.state(testId, BoxStatus.ended(status), nanos));
  }
}
