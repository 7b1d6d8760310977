// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.ANCHOR_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.ANCHOR_NANO_TIME;
import static io.memreport.recorder.box.BoxLayout.FACTS_LENGTH;
import static io.memreport.recorder.box.BoxLayout.FACTS_ROOM;
import static io.memreport.recorder.box.BoxLayout.FACTS_TEXT;
import static io.memreport.recorder.box.BoxLayout.HEADER_CHECK;
import static io.memreport.recorder.box.BoxLayout.LIMIT_BYTES;
import static io.memreport.recorder.box.BoxLayout.MAGIC;
import static io.memreport.recorder.box.BoxLayout.MAGIC_AT;
import static io.memreport.recorder.box.BoxLayout.PID;
import static io.memreport.recorder.box.BoxLayout.SAMPLE_PERIOD_MILLIS;
import static io.memreport.recorder.box.BoxLayout.SIZE;
import static io.memreport.recorder.box.BoxLayout.SIZE_AT;
import static io.memreport.recorder.box.BoxLayout.STARTED_EPOCH_MILLIS;
import static io.memreport.recorder.box.BoxLayout.VERSION;
import static io.memreport.recorder.box.BoxLayout.VERSION_AT;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * What is known of the process when it starts.
 *
 * @param limitBytes the lowest memory limit, or {@link
 *     io.memreport.recorder.event.MemreportEvent#UNKNOWN}
 * @param cgroupPath as the kernel names it, or null
 * @param command without secrets, or null
 */
public record BoxFacts(
    long pid,
    long startedEpochMillis,
    long samplePeriodMillis,
    long limitBytes,
    String cgroupPath,
    String command) {

  /** The magic number comes last: a file without it was never begun. */
  void write(ByteBuffer box) {
    byte[] text = BoxText.encode(FACTS_ROOM, cgroupPath, command);
    box.putInt(VERSION_AT, VERSION);
    box.putInt(SIZE_AT, SIZE);
    box.putLong(PID, pid);
    box.putLong(STARTED_EPOCH_MILLIS, startedEpochMillis);
    box.putLong(ANCHOR_EPOCH_MILLIS, System.currentTimeMillis());
    box.putLong(ANCHOR_NANO_TIME, System.nanoTime());
    box.putLong(SAMPLE_PERIOD_MILLIS, samplePeriodMillis);
    box.putLong(LIMIT_BYTES, limitBytes);
    box.putInt(FACTS_LENGTH, text.length);
    box.put(FACTS_TEXT, text);
    box.putLong(HEADER_CHECK, BoxCheck.of(box, VERSION_AT, HEADER_CHECK));
    VarHandle.releaseFence();
    box.putLong(MAGIC_AT, MAGIC);
  }
}
