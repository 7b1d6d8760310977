// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.time.Instant;
import java.util.List;

/** What {@code memreport shm list} tells. */
public record ShmReport(
    String schema,
    Instant at,
    String headline,
    Long uid,
    String user,
    ShmLimitUse limits,
    List<ShmEntry> segments,
    List<String> notes) {
  /** Those in a state. */
  public List<ShmEntry> in(ShmState state) {
    return segments.stream().filter(entry -> entry.state() == state).toList();
  }
}
