// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import java.time.Instant;

/**
 * A test, or the fixtures of a class, that ran near the end. Long names are cut.
 *
 * @param parentId 0 for none
 * @param kind test or class
 * @param status passed, failed, aborted or skipped; null if it ran, or its engine did not say
 * @param running whether it ran at the end
 * @param nanos how long it took, or null while it ran
 */
public record BoxTest(
    long id,
    long parentId,
    String kind,
    Instant startedAt,
    String engine,
    String uniqueId,
    String className,
    String methodName,
    String displayName,
    String status,
    boolean running,
    Long nanos) {}
