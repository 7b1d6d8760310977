// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.util.List;

/**
 * What some logs said.
 *
 * @param events in the order of their lines
 * @param bytes how much was read
 * @param lines how many lines that was
 * @param notes what was left out, and why
 * @param kernelLogs which times the kernel's logs among them cover
 */
public record LogReading(
    List<LogEvent> events,
    long bytes,
    long lines,
    List<String> notes,
    List<KernelLogSpan> kernelLogs) {}
