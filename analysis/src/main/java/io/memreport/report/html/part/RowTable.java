// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of which only the first rows are markup; the script gets the others as data, so that a
 * page with ten thousand rows opens at once.
 */
public record RowTable(
    String id,
    String other,
    List<Column> columns,
    List<Row> rows,
    List<Row> rest,
    List<String> notes) {

  /** As many as the script shows at once: more are markup for nothing, and a page opens slower. */
  private static final int IN_MARKUP = 100;

  /** Splits rows that come heaviest first; those that the verdict names are always markup. */
  public static RowTable of(
      String id, String other, List<Column> columns, List<Row> ordered, List<String> notes) {
    List<Integer> measured = measured(columns, ordered);
    List<Row> sorted =
        ordered.stream()
            .sorted(Comparator.comparing(row -> !row.guilty()))
            .map(row -> row.with(measured.stream().map(row.cells()::get).toList()))
            .toList();
    int split = Math.min(sorted.size(), IN_MARKUP);
    List<String> all = new ArrayList<>(notes);
    for (int i = 0; i < columns.size(); i++) {
      if (!measured.contains(i)) {
        String group = columns.get(i).group();
        all.add(
            (group.isEmpty() ? "" : group + ", ")
                + columns.get(i).label().toLowerCase(Locale.ROOT)
                + ": "
                + ordered.get(0).cells().get(i).title()
                + ".");
      }
    }
    return new RowTable(
        id,
        other,
        measured.stream().map(columns::get).toList(),
        List.copyOf(sorted.subList(0, split)),
        List.copyOf(sorted.subList(split, sorted.size())),
        List.copyOf(all));
  }

  /** The columns in which any row has something. */
  private static List<Integer> measured(List<Column> columns, List<Row> rows) {
    return IntStream.range(0, columns.size())
        .filter(
            i ->
                rows.isEmpty() || rows.stream().anyMatch(row -> row.cells().get(i).value() != null))
        .boxed()
        .toList();
  }

  /** The rows of the markup, then the others. */
  public List<Row> all() {
    return Stream.concat(rows.stream(), rest.stream()).toList();
  }

  public String total() {
    return Measure.grouped((long) rows.size() + rest.size());
  }

  public boolean partial() {
    return !rest.isEmpty();
  }

  /** Neighbouring columns under one heading. */
  public List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Column column : columns) {
      Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      if (last != null && last.label().equals(column.group())) {
        groups.set(groups.size() - 1, new Group(last.label(), last.span() + 1));
      } else {
        groups.add(new Group(column.group(), 1));
      }
    }
    return groups;
  }

  /** A heading over {@code span} columns, empty for none. */
  public record Group(String label, int span) {}
}
