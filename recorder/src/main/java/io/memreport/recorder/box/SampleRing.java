// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.SAMPLES;
import static io.memreport.recorder.box.BoxLayout.SAMPLES_AT;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_CHECK;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_NANO_TIME;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_NUMBER;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_SIZE;

import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** The last samples; the sampler's lock serves as this one's. */
final class SampleRing {
  private static final BoxGauge[] GAUGES = BoxGauge.values();

  private final ByteBuffer box;
  private long number;

  SampleRing(ByteBuffer box) {
    this.box = box;
  }

  void add(MemorySampleEvent event) {
    long next = ++number;
    int at = SAMPLES_AT + (int) (next % SAMPLES) * SAMPLE_SIZE;
    box.putLong(at + SAMPLE_CHECK, 0);
    VarHandle.releaseFence();
    box.putLong(at + SAMPLE_NUMBER, next);
    box.putLong(at + SAMPLE_EPOCH_MILLIS, System.currentTimeMillis());
    box.putLong(at + SAMPLE_NANO_TIME, System.nanoTime());
    for (BoxGauge gauge : GAUGES) {
      box.putLong(at + gauge.offset(), gauge.of(event));
    }
    long check = BoxCheck.of(box, at, at + SAMPLE_CHECK);
    VarHandle.releaseFence();
    box.putLong(at + SAMPLE_CHECK, check);
  }
}
