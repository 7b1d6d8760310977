// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/**
 * When systemd-oomd kills on a machine that has it.
 *
 * @param source the files that say so, or {@code defaults}
 */
public record OomdRule(
    double pressureLimitPercent,
    long pressureSeconds,
    double swapUsedLimitPercent,
    String source) {}
