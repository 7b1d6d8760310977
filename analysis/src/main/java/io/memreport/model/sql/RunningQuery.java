// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * A query whose call did not come back for a second or more.
 *
 * @param query id of the query
 * @param connection id of the connection
 * @param test id of the test, null outside tests
 * @param thread the thread that executed it
 * @param longestMillis the longest that it was seen running
 * @param interrupted whether its thread was interrupted meanwhile, which SQLite does not notice
 * @param atEnd whether it was still running when the recording ended
 */
public record RunningQuery(
    String runId,
    String query,
    @Nullable String connection,
    @Nullable String test,
    @Nullable String thread,
    long longestMillis,
    boolean interrupted,
    boolean atEnd) {}
