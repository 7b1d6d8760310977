// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.util.List;
import java.util.Map;

/**
 * The Java heap by line and class.
 *
 * @param sites what lived of it when runs ended, the largest of each
 * @param allocations what was taken of it, the most of each run
 * @param released by test id, bytes that it left and that were gone later, or that soft references
 *     may hold, which the JVM clears before it runs out of memory
 */
public record HeapFacts(
    List<HeapSite> sites, List<Allocation> allocations, Map<String, Long> released) {}
