// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import java.util.BitSet;
import java.util.List;

/**
 * Which ranges are arenas of glibc's malloc: the program's break, and what begins at a multiple of
 * 64 MiB and is mapped or reserved without a gap up to the next one, {@code HEAP_MAX_SIZE} in
 * malloc/arena.c. The kernel joins neighbours, and splits what was advised differently.
 */
final class Arenas {
  private static final long SIZE = 64 << 20;

  private Arenas() {}

  /** The indexes of those ranges. */
  static BitSet of(List<MappedRange> ranges) {
    BitSet arenas = new BitSet(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).isBreak()) {
        arenas.set(i);
      } else if (!arenas.get(i) && begins(ranges.get(i))) {
        mark(ranges, i, arenas);
      }
    }
    return arenas;
  }

  private static boolean begins(MappedRange range) {
    return range.isAnonymous()
        && range.permissions().equals("rw-p")
        && (range.from() & SIZE - 1) == 0;
  }

  /**
   * Follows a chain of ranges; what of it reaches a multiple of the size belongs to arenas. In an
   * arena nothing is used behind what is only reserved: metaspace looks alike, and has such holes.
   */
  private static void mark(List<MappedRange> ranges, int first, BitSet arenas) {
    int chunk = first;
    long end = ranges.get(first).from();
    boolean reserved = false;
    for (int i = first; i < ranges.size(); i++) {
      MappedRange range = ranges.get(i);
      boolean used = range.permissions().equals("rw-p");
      boolean tooMuch = !used && range.to() - range.from() >= SIZE;
      if (range.from() != end || !range.mayBeOfArena() || used && reserved || tooMuch) {
        return;
      }
      reserved |= !used;
      end = range.to();
      // The kernel joins what is reserved with what its neighbour reserved.
      if (end / SIZE > range.from() / SIZE) {
        arenas.set(chunk, i + 1);
        chunk = i + 1;
        if (reserved) {
          return;
        }
      }
    }
  }
}
