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
        .map(kind -> new Hatch(kind.key(), kind.colour, kind.ink(), kind.hatch))
        .toList();
  }
}
