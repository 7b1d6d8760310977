// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/**
 * What SQLite holds for one connection. {@code heldBytes} is all of it; the parts may be unknown.
 */
public record ConnectionHeap(
    Long heldBytes,
    Long cacheBytes,
    Long schemaBytes,
    Long statementBytes,
    Long cacheHits,
    Long cacheMisses,
    Long cacheSpills) {}
