// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * Results of one SQL text on one connection that stood open while nobody read on, for two seconds
 * at least.
 *
 * @param query id of the query; null if its text is known to SQLite only
 * @param connection id of the connection
 * @param sql the text, literals replaced
 * @param atEnd how many were still open when the recording ended
 * @param most how many were open at once
 * @param longestIdleMillis the longest that one of them waited
 * @param statementBytes of these statements, without what they sort
 */
public record OpenResult(
    String runId,
    @Nullable String query,
    @Nullable String connection,
    @Nullable String sql,
    long atEnd,
    long most,
    long longestIdleMillis,
    @Nullable Long statementBytes) {}
