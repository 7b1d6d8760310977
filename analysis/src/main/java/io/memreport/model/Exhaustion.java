// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;

/**
 * An OutOfMemoryError that the JVM threw, whoever caught it.
 *
 * @param what its message, or null
 */
public record Exhaustion(String runId, Instant at, String what) {}
