// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * Statements that a test opened and that nobody had closed when the recording ended.
 *
 * @param test id of the test, null outside tests
 * @param query id of their SQL text
 * @param connection id of their connection
 * @param count how many are open
 * @param heldBytes native heap of the compiled statements
 */
public record OpenStatements(
    @Nullable String test, String query, String connection, long count, @Nullable Long heldBytes) {}
