// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/**
 * What a thread was doing when a run broke off, from its black box: source {@code flight-box}.
 *
 * @param osThreadId as the process's PID namespace numbers it, null if unknown; a kernel log counts
 *     in the host's
 * @param name the first 48 bytes of the Java thread's name
 * @param comm what the kernel called it when it was first seen: at most 15 bytes, null if unknown
 * @param testId the test that it ran or worked for, null for none
 * @param queryId the query that it ran, null for none; {@link Facts#query} may not know it if it
 *     was first used in the last second
 * @param sql that query's text, null for none
 * @param inMemory whether that query ran on a database in memory, as the connection's URL says
 * @param runningNanos how long that query had run when the black box was last written
 * @param nativeHeldBytes SQLite heap that it took less what it gave back, up to the query
 * @param nativeAllocatedBytes SQLite heap handed out to it, up to the query
 * @param heapAllocatedBytes Java heap that it allocated in its life, up to the query
 */
public record LiveThread(
    String runId,
    Long osThreadId,
    String name,
    String comm,
    String testId,
    String queryId,
    String sql,
    boolean inMemory,
    Long runningNanos,
    Long nativeHeldBytes,
    Long nativeAllocatedBytes,
    Long heapAllocatedBytes) {}
