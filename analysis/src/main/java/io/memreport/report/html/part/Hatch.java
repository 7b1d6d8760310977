// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.Arrays;
import java.util.List;

/**
 * How a kind of memory is drawn, so that it can be told from the others without its colour.
 *
 * @param ink of the lines, black or white
 * @param path of the lines on a tile of {@value #TILE} by {@value #TILE}, empty for a plain area
 */
public record Hatch(String key, String colour, String ink, String path) {
  /** The side of a tile, in pixels. */
  public static final int TILE = 8;

  /** Of all kinds. */
  public static List<Hatch> all() {
    return Arrays.stream(MemoryKind.values())
        .map(kind -> new Hatch(kind.key(), kind.colour, kind.ink(), path(kind)))
        .toList();
  }

  private static String path(MemoryKind kind) {
    return switch (kind) {
      case SQLITE -> "";
      case SHARED -> "M1 2H3M5 6H7";
      case DIRECT -> "M-1 1L1 -1M0 8L8 0M7 9L9 7";
      case JAVA_HEAP -> "M-1 7L1 9M0 0L8 8M7 -1L9 1";
      case METASPACE -> "M0 4H8";
      case CODE_CACHE -> "M4 0V8";
      case THREAD_STACKS -> "M4 0V8M0 4H8";
      case LIBRARIES -> "M0 0L8 8M0 8L8 0";
      case GC -> "M2 2h4v4h-4z";
      case MALLOC -> "M2 0V4M6 4V8";
      case MAPPED_FILES -> "M0 2H8M0 6H8";
      case OTHER -> "M0 4L4 0M0 8L8 0M4 8L8 4";
    };
  }
}
