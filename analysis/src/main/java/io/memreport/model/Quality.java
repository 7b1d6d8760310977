// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.List;

/**
 * How far the recording can be trusted. {@code lostSeconds} is the gap between the last event and
 * the end, where that is known.
 */
public record Quality(Double lostSeconds, long droppedEvents, List<String> notes) {}
