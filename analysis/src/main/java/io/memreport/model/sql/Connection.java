// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.time.Instant;
import java.util.Map;

/** One open JDBC connection. {@code test} is the one that opened it, null for none. */
public record Connection(
    String id,
    String runId,
    String url,
    String test,
    Instant openedAt,
    Instant closedAt,
    Map<String, String> settings,
    ConnectionHeap sqlite,
    long openStatements,
    ConnectionStatus status) {}
