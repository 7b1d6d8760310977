// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the events of a chunk refer to by type and key: strings, threads, classes, stacks. Each
 * entry is where it lies in the chunk; it is kept if something that is kept refers to it.
 */
final class Pools {
  private static final int FIRST_CAPACITY = 1024;

  /** Spreads keys, which are often small or alike: 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private final ChunkBytes bytes;
  private final TypeLayout strings;
  private final List<TypeLayout> types = new ArrayList<>();
  private int[] type = new int[FIRST_CAPACITY];
  private long[] key = new long[FIRST_CAPACITY];

  /** Where the entry begins, with its key, where its value does, and where it ends. */
  private int[] from = new int[FIRST_CAPACITY];

  private int[] value = new int[FIRST_CAPACITY];
  private int[] to = new int[FIRST_CAPACITY];
  private boolean[] kept = new boolean[FIRST_CAPACITY];
  private int count;

  /** Numbers of entries, each less than half full; 0 is free, so that they count from 1. */
  private int[] table = new int[2 * FIRST_CAPACITY];

  /** Entries that are kept and were not looked into yet. */
  private int[] open = new int[FIRST_CAPACITY];

  private int openCount;

  Pools(ChunkBytes bytes, TypeLayout strings) {
    this.bytes = bytes;
    this.strings = strings;
  }

  /** Reads one pool: the bytes stand behind its type. */
  void read(TypeLayout pool) throws IOException {
    if (pool.pool() < 0) {
      pool.pool(types.size());
      types.add(pool);
    }
    for (int left = bytes.count(); left > 0; left--) {
      int begin = bytes.at();
      long entryKey = bytes.number();
      int valueAt = bytes.at();
      pool.walk(bytes, strings, null);
      add(pool.pool(), entryKey, begin, valueAt);
    }
  }

  /** Of two with one key the first counts, as for the JDK's own reader. */
  private void add(int number, long entryKey, int begin, int valueAt) {
    int slot = slot(number, entryKey);
    if (table[slot] != 0) {
      return;
    }
    if (count == key.length) {
      grow();
      slot = slot(number, entryKey);
    }
    type[count] = number;
    key[count] = entryKey;
    from[count] = begin;
    value[count] = valueAt;
    to[count] = bytes.at();
    table[slot] = ++count;
  }

  private void grow() {
    int capacity = 2 * count;
    type = Arrays.copyOf(type, capacity);
    key = Arrays.copyOf(key, capacity);
    from = Arrays.copyOf(from, capacity);
    value = Arrays.copyOf(value, capacity);
    to = Arrays.copyOf(to, capacity);
    kept = Arrays.copyOf(kept, capacity);
    table = new int[2 * capacity];
    for (int i = 0; i < count; i++) {
      table[slot(type[i], key[i])] = i + 1;
    }
  }

  private int slot(int number, long entryKey) {
    int mask = table.length - 1;
    int slot = (int) ((entryKey * SPREAD + number) * SPREAD >>> 32) & mask;
    while (table[slot] != 0
        && (key[table[slot] - 1] != entryKey || type[table[slot] - 1] != number)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** Keeps an entry. One that is not there was never flushed: then a reader sees null. */
  void keep(TypeLayout pool, long entryKey) {
    int entry = pool == null || pool.pool() < 0 ? 0 : table[slot(pool.pool(), entryKey)];
    if (entry == 0 || kept[entry - 1]) {
      return;
    }
    kept[entry - 1] = true;
    if (openCount == open.length) {
      open = Arrays.copyOf(open, 2 * openCount);
    }
    open[openCount++] = entry - 1;
  }

  /** Keeps what the kept ones refer to, too. */
  void close() throws IOException {
    while (openCount > 0) {
      int entry = open[--openCount];
      bytes.at(value[entry]);
      types.get(type[entry]).walk(bytes, strings, this);
    }
  }

  /** The kept entries as the content of one checkpoint event: number of pools, and each of them. */
  ByteBuffer kept(ByteBuffer chunk) {
    int[] counts = new int[types.size()];
    long size = 0;
    for (int i = 0; i < count; i++) {
      if (kept[i]) {
        counts[type[i]]++;
        size += to[i] - from[i];
      }
    }
    int pools = 0;
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        pools++;
        size += ChunkBytes.length(types.get(number).id()) + ChunkBytes.length(counts[number]);
      }
    }
    ByteBuffer content = ByteBuffer.allocate((int) size + ChunkBytes.length(pools));
    ChunkBytes.write(pools, content);
    int[] sorted = sorted(counts);
    int next = 0;
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        ChunkBytes.write(types.get(number).id(), content);
        ChunkBytes.write(counts[number], content);
        for (int end = next + counts[number]; next < end; next++) {
          int entry = sorted[next];
          content.put(chunk.slice(from[entry], to[entry] - from[entry]));
        }
      }
    }
    return content.flip();
  }

  /** The kept entries by pool. */
  private int[] sorted(int[] counts) {
    int[] next = new int[counts.length];
    int sum = 0;
    for (int number = 0; number < counts.length; number++) {
      next[number] = sum;
      sum += counts[number];
    }
    int[] sorted = new int[sum];
    for (int i = 0; i < count; i++) {
      if (kept[i]) {
        sorted[next[type[i]]++] = i;
      }
    }
    return sorted;
  }
}
