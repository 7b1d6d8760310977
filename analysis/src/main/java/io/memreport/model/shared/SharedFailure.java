// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import io.memreport.model.log.LogEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shared memory that a test did not get.
 *
 * @param test that it happened in, or null
 * @param query that an exception ended, or null
 * @param source {@code output} of a child process, or {@code exception}
 * @param event what was said, as if it stood in a log
 */
public record SharedFailure(
    String runId,
    @Nullable String test,
    @Nullable String query,
    String source,
    Instant at,
    LogEvent event) {}
