// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection pool, or what stands in place of one; null for what it does not tell.
 *
 * @param kind hikari, dbcp2, c3p0, agroal, spring-single or spring-unpooled
 * @param name null if it has none of its own
 * @param maxSize -1: no limit
 * @param idleTimeoutMillis 0: idle connections are never closed
 * @param maxLifetimeMillis 0: connections of any age are kept
 * @param leakDetectionMillis 0: the pool says nothing of connections that stay out
 * @param connectionTimeoutMillis -1: borrowers wait for ever
 * @param keepaliveMillis 0: idle connections are not tested
 * @param initSql what each new connection runs, without secrets
 * @param initStatements the most statements in one text of it: more than one, and SQLite's driver
 *     runs the first only
 * @param mostActive of the readings, one a second, as is {@code mostWaiting}
 * @param lastTotal connections when the pool was last read
 * @param longBorrows how often a connection was out for a second or more
 * @param borrows those that were out at the end, and the longest of the others
 */
public record Pool(
    String id,
    String runId,
    String kind,
    @Nullable String name,
    @Nullable Integer maxSize,
    @Nullable Integer minIdle,
    @Nullable Long idleTimeoutMillis,
    @Nullable Long maxLifetimeMillis,
    @Nullable Long leakDetectionMillis,
    @Nullable Long connectionTimeoutMillis,
    @Nullable Long keepaliveMillis,
    @Nullable String initSql,
    @Nullable Integer initStatements,
    @Nullable Integer mostActive,
    @Nullable Integer mostWaiting,
    @Nullable Integer lastTotal,
    @Nullable Integer lastIdle,
    @Nullable Integer lastWaiting,
    long longBorrows,
    List<Borrow> borrows) {}
