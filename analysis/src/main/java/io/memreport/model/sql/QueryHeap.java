// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

/** Java heap that a query's prepare, execute and close allocated. */
public record QueryHeap(Long allocatedBytes) {}
