// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTableTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("Retained", "", "bytes", "Java heap"),
          new Column("Peak", "", "bytes", "SQLite heap"),
          new Column("Duration", "", "nanos", ""));

  private static Row row(String name, Long heap, Long peak, Long nanos) {
    return new Row(
        name,
        name,
        "",
        "",
        List.of(),
        List.of(),
        "",
        List.of(),
        0,
        List.of(Measure.bytes(heap, "needs leaks=gc"), Measure.bytes(peak), Measure.nanos(nanos)));
  }

  @Test
  void a_column_without_any_figure_is_a_note_with_the_reason() {
    RowTable table =
        RowTable.of(
            "tests",
            "queries",
            COLUMNS,
            List.of(row("a", null, null, 1L), row("b", null, 5L, 2L)),
            List.of("before"));
    assertThat(table.columns()).extracting(Column::label).containsExactly("Peak", "Duration");
    assertThat(table.rows().get(0).cells()).extracting(Measure::value).containsExactly(null, 1L);
    assertThat(table.notes()).containsExactly("before", "Java heap, retained: needs leaks=gc.");
    assertThat(table.groups())
        .containsExactly(new RowTable.Group("SQLite heap", 1), new RowTable.Group("", 1));
  }

  @Test
  void a_table_without_rows_keeps_its_columns() {
    assertThat(RowTable.of("tests", "queries", COLUMNS, List.of(), List.of()).columns())
        .isEqualTo(COLUMNS);
  }
}
