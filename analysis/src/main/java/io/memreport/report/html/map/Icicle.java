// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import io.memreport.diagnosis.words.Units;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of boxes: below each the parts of it, so wide as their share of all. What is too narrow to
 * see is told together.
 *
 * @param rows how many rows of boxes there are
 */
public record Icicle(String total, int rows, List<Box> boxes) {
  private static final double HUNDRED = 100;

  /** Narrower boxes are told together. */
  private static final double LEAST = 1;

  /** Boxes from this width on have room for text. */
  private static final double WORDS = 3;

  /** So many letters fit into a hundredth of the widest page. */
  private static final double LETTERS = 1.9;

  /**
   * A box; {@code x} and {@code width} in percent.
   *
   * @param text what of the label has room, empty for nothing
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
      String text,
      String anchor,
      String tests) {}

  /** Of one kind of memory in each part at the top, which has tests as parts. */
  record Root(String key, String colour, Part part) {}

  static Icicle of(List<Root> roots) {
    Layout layout = new Layout(roots.stream().mapToLong(root -> root.part().bytes()).sum());
    double x = 0;
    for (Root root : roots) {
      layout.place(root, root.part(), 0, x, "");
      x += layout.width(root.part().bytes());
    }
    int rows = layout.boxes.stream().mapToInt(Box::row).max().orElse(0) + 1;
    return new Icicle(Units.bytes(layout.all), rows, List.copyOf(layout.boxes));
  }

  /** Places boxes from left to right. */
  private static final class Layout {
    private final long all;
    private final List<Box> boxes = new ArrayList<>();

    Layout(long all) {
      this.all = all;
    }

    void place(Root root, Part part, int row, double x, String test) {
      String tests = row > 0 ? test : tests(part);
      String anchor =
          part.row() != null
              ? part.row().anchor()
              : row > 0 && !test.isEmpty() ? test : "tests-section";
      box(root, row, x, width(part.bytes()), part.label(), part.bytes(), anchor, tests);
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
          place(root, child, row + 1, at, of);
          at += width;
        }
      }
      if (width(rest) >= LEAST) {
        String what = row == 0 ? " more tests" : " more";
        box(root, row + 1, at, width(rest), others + what, rest, "tests-section", test);
      }
    }

    private static String tests(Part part) {
      return part.parts().stream()
          .map(Part::row)
          .filter(link -> link != null)
          .map(Link::anchor)
          .distinct()
          .collect(Collectors.joining(" "));
    }

    private void box(
        Root root,
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
              root.key(),
              root.colour(),
              label,
              Units.bytes(bytes),
              width < WORDS ? "" : cut(label, (int) Math.ceil(width * LETTERS)),
              anchor,
              tests));
    }

    private static String cut(String label, int letters) {
      int most = Math.min(label.length(), letters);
      boolean pair = most < label.length() && Character.isLowSurrogate(label.charAt(most));
      return label.substring(0, pair ? most - 1 : most);
    }

    double width(long bytes) {
      return HUNDRED * bytes / all;
    }
  }
}
