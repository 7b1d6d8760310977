// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.box.BoxHeap;
import io.memreport.model.memory.HeapSite;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What lived of the Java heap of one run, when that was last said. */
public final class HeapRows {
  private static final double ERRORS = 2;

  private final List<HeapLiveEvent> rows = new ArrayList<>();
  private final List<HeapLiveEvent> whenExhausted = new ArrayList<>();
  private long snapshot;

  /** An event of the recording. */
  public void add(HeapLiveEvent event) {
    if (event.snapshot > snapshot) {
      snapshot = event.snapshot;
      rows.clear();
    }
    if (event.snapshot == snapshot) {
      rows.add(event);
    }
    if (event.exhausted) {
      whenExhausted.add(event);
    }
  }

  /** What the black box said at last, which it does more often than the recording. */
  public void add(BoxHeap heap) {
    rows.clear();
    rows.addAll(heap.rows());
  }

  /** The rows, with tests by the ids of the report. */
  public List<HeapSite> sites(String runId, Map<Long, String> testIds) {
    return sites(rows, runId, testIds);
  }

  /** Likewise, what lived when an OutOfMemoryError was first thrown; empty if none was. */
  public List<HeapSite> sitesWhenExhausted(String runId, Map<Long, String> testIds) {
    return sites(whenExhausted, runId, testIds);
  }

  private static List<HeapSite> sites(
      List<HeapLiveEvent> rows, String runId, Map<Long, String> testIds) {
    return rows.stream()
        .filter(HeapRows::isSound)
        .map(row -> site(row, runId, testIds.get(row.testId)))
        .toList();
  }

  /** Whether it was said, and be it that nothing large lives. */
  public boolean isKnown() {
    return snapshot > 0;
  }

  /** Bytes of a test's objects that live and survived a full collection, by their samples. */
  public long proven(long test) {
    return rows.stream()
        .filter(row -> row.testId == test && isSound(row))
        .mapToLong(row -> row.bytes / row.samples * row.proven)
        .sum();
  }

  /** The same less its error. */
  public long provenAtLeast(long test) {
    double squares =
        rows.stream()
            .filter(row -> row.testId == test && isSound(row))
            .mapToDouble(row -> (double) row.deviation * row.deviation)
            .sum();
    return Math.max(0, Math.round(proven(test) - ERRORS * Math.sqrt(squares)));
  }

  /** A damaged event may say anything. */
  private static boolean isSound(HeapLiveEvent row) {
    return row.samples > 0
        && row.bytes > 0
        && row.deviation >= 0
        && row.site != null
        && row.className != null
        && row.survivors >= 0
        && row.survivors <= row.samples
        && row.proven >= 0
        && row.proven <= row.samples;
  }

  private static HeapSite site(HeapLiveEvent row, String runId, String testId) {
    String[] lines = row.site.split("\n", -1);
    return new HeapSite(
        runId,
        testId,
        lines[0].isEmpty() ? null : lines[0],
        Arrays.stream(lines).skip(1).filter(line -> !line.isEmpty()).toList(),
        row.className.isEmpty() ? null : row.className,
        row.bytes,
        Math.round(ERRORS * row.deviation),
        row.samples,
        row.survivors,
        row.proven);
  }
}
