// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shared memory: the limits of the machine and the segments seen. */
public record Shared(@Nullable SharedLimits limits, List<Segment> segments) {}
