// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

/**
 * What objects take in memory. A dump does not say how large headers and references are: that is
 * told by how near objects lie, for ids are addresses. No object reaches into the next one.
 *
 * @param referenceBytes 4 with compressed references
 * @param headerBytes of an instance
 * @param arrayHeaderBytes the length included
 */
record HeapLayout(int referenceBytes, int headerBytes, int arrayHeaderBytes) {
  private static final int ALIGNMENT = 8;

  /** Arrays of so many references differ by more than any header. */
  private static final int ENOUGH = 16;

  /**
   * Of a byte array, from the largest: an old header, one of compressed class pointers, a compact
   * one.
   */
  private static final int[] ARRAY_HEADERS = {24, 20, 16, 12};

  private static final int USUAL = 16;

  static HeapLayout of(ObjectGraph graph, int idBytes) {
    if (idBytes == Integer.BYTES) {
      return new HeapLayout(4, 8, 12);
    }
    boolean wide = false;
    boolean compressed = false;
    boolean[] excluded = new boolean[ARRAY_HEADERS.length];
    boolean[] exact = new boolean[ARRAY_HEADERS.length];
    for (int object = 0; object + 1 < graph.size(); object++) {
      int length = graph.length(object);
      if (length < 0) {
        continue;
      }
      long gap = graph.ids().id(object + 1) - graph.ids().id(object);
      int element = graph.classes().elementBytes(graph.classOf(object));
      if (element == 0 && length >= ENOUGH) {
        wide = true;
        compressed |= gap < 8L * length;
      } else if (element == 1) {
        for (int header = 0; header < ARRAY_HEADERS.length; header++) {
          long fits = aligned(ARRAY_HEADERS[header] + (long) length);
          excluded[header] |= gap < fits;
          exact[header] |= gap == fits;
        }
      }
    }
    int arrays = arrayHeader(excluded, exact);
    return new HeapLayout(
        compressed || !wide ? 4 : 8, arrays > USUAL ? 16 : arrays == USUAL ? 12 : 8, arrays);
  }

  /** The largest that fits everywhere, and somewhere without a gap; else the usual one. */
  private static int arrayHeader(boolean[] excluded, boolean[] exact) {
    for (int header = 0; header < ARRAY_HEADERS.length; header++) {
      if (!excluded[header] && exact[header]) {
        return ARRAY_HEADERS[header];
      }
    }
    return USUAL;
  }

  long instance(int fieldBytes) {
    return aligned(headerBytes + (long) fieldBytes);
  }

  /** An array of elements of so many bytes each; those of 8 begin at a multiple of it. */
  long array(long length, int elementBytes) {
    int header = elementBytes == 8 ? (int) aligned(arrayHeaderBytes) : arrayHeaderBytes;
    return aligned(header + length * elementBytes);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
