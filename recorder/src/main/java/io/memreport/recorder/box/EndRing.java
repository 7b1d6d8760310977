// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.ENDS;
import static io.memreport.recorder.box.BoxLayout.ENDS_AT;
import static io.memreport.recorder.box.BoxLayout.END_CHECK;
import static io.memreport.recorder.box.BoxLayout.END_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.END_ID;
import static io.memreport.recorder.box.BoxLayout.END_KIND;
import static io.memreport.recorder.box.BoxLayout.END_NUMBER;
import static io.memreport.recorder.box.BoxLayout.END_SIZE;
import static io.memreport.recorder.box.BoxLayout.END_START_TICKS;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** The last ends. No lock: the application's threads close connections. */
final class EndRing {
  private final ByteBuffer box;
  private final AtomicLong number = new AtomicLong();

  EndRing(ByteBuffer box) {
    this.box = box;
  }

  void add(BoxEnd kind, long id, long startTicks) {
    long next = number.incrementAndGet();
    int at = ENDS_AT + (int) (next % ENDS) * END_SIZE;
    box.putLong(at + END_CHECK, 0);
    VarHandle.releaseFence();
    box.putLong(at + END_NUMBER, next);
    box.putLong(at + END_KIND, kind.ordinal() + 1);
    box.putLong(at + END_ID, id);
    box.putLong(at + END_START_TICKS, startTicks);
    box.putLong(at + END_EPOCH_MILLIS, System.currentTimeMillis());
    long check = BoxCheck.of(box, at, at + END_CHECK);
    VarHandle.releaseFence();
    box.putLong(at + END_CHECK, check);
  }
}
