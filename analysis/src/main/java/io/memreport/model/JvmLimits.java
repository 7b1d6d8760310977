// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/**
 * What a JVM may use by its own options, and how it ends when that is not enough.
 *
 * @param maxDirectBytes 0 stands for as much as the Java heap
 * @param errorFile where it would write its error report, or null for the usual place
 */
public record JvmLimits(
    Long maxHeapBytes,
    Long maxDirectBytes,
    Long threadStackBytes,
    boolean exitOnOutOfMemoryError,
    boolean crashOnOutOfMemoryError,
    String errorFile,
    String workingDirectory) {}
