// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import io.memreport.recorder.box.BoxGauge;
import java.time.Instant;
import java.util.Map;

/**
 * One sample.
 *
 * @param nanoTime the same instant on the clock of queries
 * @param gauges what could be told, in bytes or threads
 */
public record BoxSample(Instant at, long nanoTime, Map<BoxGauge, Long> gauges) {
  /** A figure, or null if it is unknown. */
  public Long gauge(BoxGauge gauge) {
    return gauges.get(gauge);
  }
}
