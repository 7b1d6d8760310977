// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import java.util.List;

/** Shared memory: the limits of the machine and the segments seen. */
public record Shared(SharedLimits limits, List<Segment> segments) {}
