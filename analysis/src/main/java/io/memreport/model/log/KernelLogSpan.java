// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * The time that a log with lines of the kernel covers.
 *
 * @param source the file it stands in
 * @param from of its first line with a time
 * @param to of the last one that was looked at
 */
public record KernelLogSpan(String source, LogTime from, LogTime to) {}
