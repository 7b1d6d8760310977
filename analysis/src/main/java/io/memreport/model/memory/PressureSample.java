// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;

/**
 * Pressure stall information on memory: the share of the last ten seconds, in percent, in which
 * some or all tasks stalled. Of the cgroup it is null with cgroup v1.
 */
public record PressureSample(
    String runId,
    Instant at,
    Double systemSomePercent,
    Double systemFullPercent,
    Double cgroupSomePercent,
    Double cgroupFullPercent) {

  /** The cgroup's share of full stalls where it is known, or else the machine's. */
  public Double fullPercent() {
    return cgroupFullPercent == null ? systemFullPercent : cgroupFullPercent;
  }
}
