// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Relations;
import io.memreport.report.html.part.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who has the memory, as rows of boxes: a row of kinds, below each kind its tests, below each test
 * what took it. The width of a box is its share of all.
 *
 * @param peak whether boxes are what tests held at most: none left anything behind, or the JVM died
 * @param rows how many rows of boxes there are
 */
public record MapView(boolean peak, String total, int rows, List<Box> boxes) {
  private static final double HUNDRED = 100;

  /** Narrower boxes are told together. */
  private static final double LEAST = 0.6;

  /** Boxes from this width on have room for text. */
  private static final double WORDS = 3;

  /**
   * A box; {@code x} and {@code width} in percent.
   *
   * @param tests the rows of its tests, parted by blanks
   * @param anchor where a click leads without script
   */
  public record Box(
      int row,
      String x,
      String width,
      String key,
      String colour,
      String label,
      String bytes,
      boolean words,
      String anchor,
      String tests) {}

  /** Null if no test left or held anything. */
  public static MapView of(PostMortem postMortem, Names names, Relations relations) {
    List<Shares.Kind> kinds =
        Shares.died(postMortem)
            ? List.of()
            : new Shares(postMortem, names, relations, false).kinds();
    boolean peak = kinds.isEmpty();
    if (peak) {
      kinds = new Shares(postMortem, names, relations, true).kinds();
    }
    return kinds.isEmpty() ? null : new Layout(kinds).view(peak);
  }

  /** Places boxes from left to right. */
  private static final class Layout {
    private final List<Shares.Kind> kinds;
    private final double all;
    private final List<Box> boxes = new ArrayList<>();

    Layout(List<Shares.Kind> kinds) {
      this.kinds = kinds;
      this.all = kinds.stream().mapToLong(kind -> kind.part().bytes()).sum();
    }

    MapView view(boolean peak) {
      double x = 0;
      for (Shares.Kind kind : kinds) {
        place(kind, kind.part(), 0, x, "");
        x += width(kind.part().bytes());
      }
      int rows = boxes.stream().mapToInt(Box::row).max().orElse(0) + 1;
      return new MapView(peak, Units.bytes((long) all), rows, boxes);
    }

    private void place(Shares.Kind kind, Part part, int row, double x, String test) {
      String tests =
          row > 0
              ? test
              : part.parts().stream()
                  .map(Part::row)
                  .filter(link -> link != null)
                  .map(Link::anchor)
                  .distinct()
                  .collect(Collectors.joining(" "));
      String anchor = part.row() == null ? "tests-section" : part.row().anchor();
      box(kind, row, x, width(part.bytes()), part.label(), part.bytes(), anchor, tests);
      double at = x;
      long rest = 0;
      int others = 0;
      for (Part child : part.parts()) {
        double width = width(child.bytes());
        if (width < LEAST) {
          rest += child.bytes();
          others++;
        } else {
          String of = row == 0 && child.row() != null ? child.row().anchor() : test;
          place(kind, child, row + 1, at, of);
          at += width;
        }
      }
      if (width(rest) >= LEAST) {
        String what = row == 0 ? " more tests" : " more";
        box(kind, row + 1, at, width(rest), others + what, rest, "tests-section", test);
      }
    }

    private void box(
        Shares.Kind kind,
        int row,
        double x,
        double width,
        String label,
        long bytes,
        String anchor,
        String tests) {
      boxes.add(
          new Box(
              row,
              Svg.percent(x),
              Svg.percent(width),
              kind.key(),
              kind.colour(),
              label,
              Units.bytes(bytes),
              width >= WORDS,
              anchor,
              tests));
    }

    private double width(long bytes) {
      return HUNDRED * bytes / all;
    }
  }
}
