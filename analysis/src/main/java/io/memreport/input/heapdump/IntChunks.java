// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.ArrayList;
import java.util.List;

/** A long list of numbers that grows without being copied, and can be given back from its front. */
final class IntChunks {
  private static final int BITS = 18;
  private static final int SIZE = 1 << BITS;

  private final List<int[]> chunks = new ArrayList<>();
  private int size;

  void add(int value) {
    if (size == Integer.MAX_VALUE) {
      throw new OutOfMemoryError("more references than can be numbered");
    }
    if ((size & (SIZE - 1)) == 0) {
      chunks.add(new int[SIZE]);
    }
    chunks.get(size >> BITS)[size & (SIZE - 1)] = value;
    size++;
  }

  int get(int at) {
    return chunks.get(at >> BITS)[at & (SIZE - 1)];
  }

  void set(int at, int value) {
    chunks.get(at >> BITS)[at & (SIZE - 1)] = value;
  }

  int size() {
    return size;
  }

  /** Gives back the memory of what lies before a place. */
  void forgetBefore(int at) {
    for (int chunk = (at >> BITS) - 1; chunk >= 0 && chunks.get(chunk) != null; chunk--) {
      chunks.set(chunk, null);
    }
  }
}
