// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/** Shared memory of a test. */
public record SharedUse(Long peakBytes, Long retainedBytes, Integer segments) {}
