// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxExhaustion;
import io.memreport.input.jfr.EventReader;
import io.memreport.model.Exhaustion;
import io.memreport.recorder.event.ExhaustedEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** The OutOfMemoryErrors that the JVM of one run threw, and those of its direct buffers. */
final class ErrorEvents {
  private static final EventReader<ExhaustedEvent> EXHAUSTED = EventReader.of(ExhaustedEvent.class);

  /** By their number, which recording and black box share. */
  private final Map<Long, Exhaustion> errors = new TreeMap<>();

  private Integer exitStatus;

  /** Takes an event; false if it is none of these. */
  boolean add(RecordedEvent event) {
    if (!event.getEventType().getName().equals(ExhaustedEvent.NAME)) {
      return false;
    }
    ExhaustedEvent said = EXHAUSTED.read(event);
    errors.put(said.number, new Exhaustion(null, Instant.ofEpochMilli(said.atMillis), said.what));
    return true;
  }

  /** Takes what the black box says. */
  void add(BoxExhaustion said) {
    if (said.exit()) {
      exitStatus = said.text().matches("-?\\d{1,9}") ? Integer.valueOf(said.text()) : null;
    } else {
      errors.putIfAbsent(said.number(), new Exhaustion(null, said.at(), said.text()));
    }
  }

  /** All that are known, in the order in which they were thrown. */
  List<Exhaustion> errors(String runId) {
    return errors.values().stream()
        .map(one -> new Exhaustion(runId, one.at(), one.what()))
        .sorted(Comparator.comparing(Exhaustion::at))
        .toList();
  }

  /** The status with which the process exited without a word of Java's, or null. */
  Integer exitStatus() {
    return exitStatus;
  }
}
