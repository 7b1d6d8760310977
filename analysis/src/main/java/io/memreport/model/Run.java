// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.MemoryAtEnd;
import java.time.Instant;

/**
 * One JVM's life under the agent. {@code limitBytes} is the lowest memory limit that applied, null
 * for none.
 */
public record Run(
    String id,
    Long pid,
    Instant startedAt,
    Instant endedAt,
    Ending ending,
    Long limitBytes,
    MemoryAtEnd memoryAtEnd,
    RunContext context) {}
