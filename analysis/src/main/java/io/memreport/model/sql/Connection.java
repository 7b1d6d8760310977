// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One open JDBC connection. {@code test} is the one that opened it, null for none. */
public record Connection(
    String id,
    String runId,
    @Nullable String url,
    @Nullable String test,
    @Nullable Instant openedAt,
    @Nullable Instant closedAt,
    Map<String, String> settings,
    @Nullable ConnectionHeap sqlite,
    long openStatements,
    @Nullable ConnectionStatus status) {}
