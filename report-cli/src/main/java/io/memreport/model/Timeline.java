// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.List;

/** Memory over time for drawing: thinned, but never without its peaks. */
public record Timeline(List<MemorySample> samples, List<TestSpan> spans) {}
