// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.time.Instant;
import java.util.List;

/**
 * What lived of the Java heap.
 *
 * @param rows as the recorder's own events have them
 */
public record BoxHeap(Instant at, List<HeapLiveEvent> rows) {}
