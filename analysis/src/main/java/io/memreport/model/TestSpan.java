// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;

/** When a test ran, for the lanes of the timeline. */
public record TestSpan(String testId, String runId, Instant from, Instant to) {}
