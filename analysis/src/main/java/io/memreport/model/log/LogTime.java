// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import java.time.Instant;

/**
 * When a line says that it was written.
 *
 * @param text the time as it stands there
 * @param instant the same on the clock of the world, or null if that can't be known
 * @param uptimeSeconds seconds since the machine started, or null
 * @param assumed whether the year or the time zone of {@code instant} is not in the text
 */
public record LogTime(String text, Instant instant, Double uptimeSeconds, boolean assumed) {}
