// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * What the executions of one query on one connection did in one test.
 *
 * @param test id of the test, null outside tests
 * @param query id of the query
 * @param connection id of the connection
 * @param peakBytes the most native heap that one execution held
 * @param netBytes native heap taken less given back; negative if it released what others took
 * @param maxNanos the longest execution, from execute until its result was exhausted or closed
 * @param cancelled executions that were cancelled
 */
public record QueryUse(
    @Nullable String test,
    String query,
    String connection,
    @Nullable Long peakBytes,
    @Nullable Long netBytes,
    long executions,
    long maxNanos,
    long cancelled,
    QueryWork work) {}
