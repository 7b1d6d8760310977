// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/**
 * A process that used a segment.
 *
 * @param pid null if there was none, or it is of another PID namespace
 * @param name of the process while it lives, else null
 */
public record ShmUser(Long pid, String name, ProcessFate state) {}
