// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.jfr.AllocationSample;
import io.memreport.model.memory.Allocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What one run allocated, by test, class and line. Tests are known only when all was read, so
 * samples wait until then, 28 bytes each.
 */
public final class AllocationRows {
  /** Two hours of what JFR writes at most. */
  static final int MOST_SAMPLES = 1 << 20;

  private static final int MOST = 100;

  private final Map<Place, Integer> ids = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private long[] micros = new long[1024];
  private long[] threads = new long[1024];
  private long[] bytes = new long[1024];
  private int[] where = new int[1024];
  private int size;
  private boolean full;

  private record Place(String className, String line) {}

  private record Key(Long test, int place) {}

  /** A sample of the recording. */
  public void add(AllocationSample sample) {
    if (size == MOST_SAMPLES) {
      full = true;
      return;
    }
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, 2 * size);
      threads = Arrays.copyOf(threads, 2 * size);
      bytes = Arrays.copyOf(bytes, 2 * size);
      where = Arrays.copyOf(where, 2 * size);
    }
    Place place = new Place(sample.className(), sample.line());
    Integer id = ids.get(place);
    if (id == null) {
      id = places.size();
      ids.put(place, id);
      places.add(place);
    }
    Instant at = sample.at();
    micros[size] = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    threads[size] = sample.thread();
    bytes[size] = sample.bytes();
    where[size++] = id;
  }

  /** Whether there were more samples than are kept: then shares of tests can't be told. */
  public boolean isFull() {
    return full;
  }

  /**
   * By thread, its first sample: that stands for all since the thread began, which may have been
   * long before the recording.
   */
  private Map<Long, Integer> first() {
    Map<Long, Integer> first = new HashMap<>();
    for (int i = 0; i < size; i++) {
      first.merge(threads[i], i, (one, other) -> micros[other] < micros[one] ? other : one);
    }
    return first;
  }

  /**
   * The largest, first.
   *
   * @param known what a test's own thread allocated, counted; null if unknown. Samples may say
   *     more: the first of a test also stands for what its thread allocated just before
   */
  public List<Allocation> of(
      String runId, TestThreads tests, LongFunction<Long> known, Map<Long, String> testIds) {
    if (full) {
      return List.of();
    }
    Map<Key, long[]> sums = new HashMap<>();
    Map<Long, Long> byTest = new HashMap<>();
    Map<Long, Integer> first = first();
    for (int i = 0; i < size; i++) {
      if (first.get(threads[i]) == i) {
        continue;
      }
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros[i], 1_000_000L), Math.floorMod(micros[i], 1_000_000L) * 1_000);
      Long test = tests.at(threads[i], at);
      long[] sum = sums.computeIfAbsent(new Key(test, where[i]), missing -> new long[2]);
      sum[0] += bytes[i];
      sum[1]++;
      if (test != null) {
        byTest.merge(test, bytes[i], Long::sum);
      }
    }
    return sums.entrySet().stream()
        .map(
            entry -> {
              Long test = entry.getKey().test();
              Place place = places.get(entry.getKey().place());
              long sum = entry.getValue()[0];
              Long most = test == null ? null : known.apply(test);
              long all = test == null ? sum : byTest.get(test);
              long share = most == null || most >= all ? sum : (long) ((double) sum * most / all);
              return new Allocation(
                  runId,
                  test == null ? null : testIds.get(test),
                  place.line(),
                  place.className(),
                  share,
                  entry.getValue()[1]);
            })
        .filter(row -> row.bytes() > 0)
        .sorted(
            Comparator.comparingLong(Allocation::bytes)
                .reversed()
                .thenComparing(row -> String.valueOf(row.testId()))
                .thenComparing(row -> String.valueOf(row.line()))
                .thenComparing(row -> String.valueOf(row.className())))
        .limit(MOST)
        .toList();
  }
}
