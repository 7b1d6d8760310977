// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/** Native SQLite heap of a test or a query. */
public record NativeUse(Long allocatedBytes, Long peakBytes, Long retainedBytes) {}
