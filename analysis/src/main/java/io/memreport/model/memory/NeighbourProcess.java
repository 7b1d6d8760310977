// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/**
 * A process beside a run's JVM.
 *
 * @param child whether the JVM started it, or one of its children did
 * @param bytes its anonymous memory
 */
public record NeighbourProcess(long pid, long parentPid, String name, boolean child, Long bytes) {}
