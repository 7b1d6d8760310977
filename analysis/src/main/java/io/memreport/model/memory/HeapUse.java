// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/** Java heap of a test. Allocated: by its own thread. Retained: growth between full collections. */
public record HeapUse(Long allocatedBytes, Long retainedBytes) {}
