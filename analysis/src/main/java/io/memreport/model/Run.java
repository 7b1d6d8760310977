// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.memreport.model.memory.MemoryAtEnd;
import java.time.Instant;

/**
 * One JVM's life under the agent. {@code limitBytes} is the lowest memory limit that applied, null
 * for none.
 *
 * @param role what the process is there for
 */
public record Run(
    String id,
    Long pid,
    Instant startedAt,
    Instant endedAt,
    Role role,
    Ending ending,
    Long limitBytes,
    MemoryAtEnd memoryAtEnd,
    RunContext context) {

  /** Whether it only recorded what ran below it. */
  @JsonIgnore
  public boolean isSupervisor() {
    return role == Role.SUPERVISOR;
  }
}
