// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

/**
 * A thread that was alive, and what it did.
 *
 * @param osId as the process's PID namespace numbers it, or null
 * @param name the first 48 bytes of its Java name
 * @param comm what the kernel calls it, or null
 * @param testId 0 for none
 * @param sqlId 0 if no query was running
 * @param connectionId 0 if no query was running
 * @param inMemory whether that connection's database lives in memory, as its URL says
 * @param sinceNanoTime when the query began, or null
 * @param nativeAllocatedBytes SQLite heap handed out to it, or null
 * @param nativeHeldBytes handed out less given back, as of its last change of work
 * @param heapAllocatedBytes Java heap allocated in its life, as of its last change of work
 */
public record BoxThread(
    long javaId,
    Long osId,
    String name,
    String comm,
    long testId,
    long sqlId,
    long connectionId,
    boolean inMemory,
    Long sinceNanoTime,
    Long nativeAllocatedBytes,
    Long nativeHeldBytes,
    Long heapAllocatedBytes) {}
