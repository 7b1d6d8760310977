// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * Why a killer in user space acted.
 *
 * @param cgroup whose pressure it was, or null
 * @param percent share of time in which all tasks stalled on memory, or null
 * @param limitPercent what it was held against
 * @param duration for how long, as the text says it
 * @param memoryUsedBytes memory in use, or null
 * @param memoryTotalBytes of how much
 * @param swapUsedBytes swap in use, or null
 * @param swapTotalBytes of how much
 */
public record PressureReading(
    String cgroup,
    Double percent,
    Double limitPercent,
    String duration,
    Long memoryUsedBytes,
    Long memoryTotalBytes,
    Long swapUsedBytes,
    Long swapTotalBytes) {}
