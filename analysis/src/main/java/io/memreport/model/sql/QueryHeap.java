// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/** Java heap that a query's prepare, execute and close allocated. */
public record QueryHeap(@Nullable Long allocatedBytes) {}
