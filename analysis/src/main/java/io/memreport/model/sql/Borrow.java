// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A thread had a pool's connection for a second or more.
 *
 * @param connection id of the connection, null if it is not known
 * @param pool id of the pool
 * @param thread name of the thread that borrowed it, as it was then
 * @param until when it came back; null if it had not when the recording ended
 */
public record Borrow(
    @Nullable String connection,
    String pool,
    String thread,
    Instant since,
    @Nullable Instant until) {}
