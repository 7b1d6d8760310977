// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import java.util.List;

/**
 * A shortest chain of references, without weak ones, that keeps something from being collected.
 *
 * @param steps the first is the root, each other one a field or an element that leads on
 */
public record HeapChain(RootKind root, List<String> steps) {}
