// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import java.time.Instant;

/**
 * An OutOfMemoryError that the JVM threw, or the exit of its process.
 *
 * @param number errors and exits so far
 * @param exit whether it is the latter, and the text the status
 * @param osThread the number of its thread in the operating system
 */
public record BoxExhaustion(long number, Instant at, boolean exit, String text, long osThread) {}
