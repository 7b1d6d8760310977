// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ids of a dump's objects, which are addresses in HotSpot, sorted: an object is its index. */
final class ObjectIds {
  static final int NONE = -1;

  /** About so many objects lie between two marks of the index. */
  private static final int OBJECTS_PER_MARK = 4;

  private static final int MOST_MARKS = 1 << 24;

  private final long[] ids;

  /** The first object of each stretch of addresses. */
  private final int[] marks;

  private final int shift;

  private ObjectIds(long[] ids) {
    this.ids = ids;
    int wanted = Math.max(1, Math.min(MOST_MARKS, ids.length / OBJECTS_PER_MARK));
    long span = ids.length == 0 ? 0 : ids[ids.length - 1] - ids[0];
    int bits = 0;
    while (span >>> bits >= wanted) {
      bits++;
    }
    shift = bits;
    marks = new int[(int) (span >>> shift) + 2];
    int mark = 0;
    for (int at = 0; at < ids.length; at++) {
      int of = (int) ((ids[at] - ids[0]) >>> shift);
      while (mark <= of) {
        marks[mark++] = at;
      }
    }
    Arrays.fill(marks, mark, marks.length, ids.length);
  }

  int size() {
    return ids.length;
  }

  long id(int object) {
    return ids[object];
  }

  /** The object, or {@link #NONE}. */
  int indexOf(long id) {
    if (ids.length == 0 || id < ids[0] || id > ids[ids.length - 1]) {
      return NONE;
    }
    int mark = (int) ((id - ids[0]) >>> shift);
    int found = Arrays.binarySearch(ids, marks[mark], marks[mark + 1], id);
    return found < 0 ? NONE : found;
  }

  /** Collects ids in any order. */
  static final class Builder {
    private static final int SIZE = 1 << 17;

    private final List<long[]> chunks = new ArrayList<>();
    private int used = SIZE;

    void add(long id) {
      if (used == SIZE) {
        chunks.add(new long[SIZE]);
        used = 0;
      }
      chunks.get(chunks.size() - 1)[used++] = id;
    }

    ObjectIds build() {
      long count = (long) chunks.size() * SIZE - (SIZE - used);
      if (chunks.isEmpty()) {
        count = 0;
      }
      if (count > Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("more objects than can be numbered");
      }
      long[] ids = new long[(int) count];
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        int from = chunk * SIZE;
        System.arraycopy(chunks.get(chunk), 0, ids, from, Math.min(SIZE, ids.length - from));
        chunks.set(chunk, null);
      }
      Arrays.sort(ids);
      int distinct = 0;
      for (int at = 0; at < ids.length; at++) {
        if (at == 0 || ids[at] != ids[at - 1]) {
          ids[distinct++] = ids[at];
        }
      }
      return new ObjectIds(distinct == ids.length ? ids : Arrays.copyOf(ids, distinct));
    }
  }
}
