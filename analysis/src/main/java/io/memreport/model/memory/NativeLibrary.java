// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/** Native heap of one library; {@code unavailable} says why its figures are null. */
public record NativeLibrary(
    String runId,
    String name,
    boolean sqlite,
    String unavailable,
    Long heldBytes,
    Long peakBytes,
    Long allocatedBytes) {}
