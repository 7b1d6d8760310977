// SPDX-License-Identifier: Apache-2.0
package io.memreport.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.report.SizingText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
  private static final long GIB = 1L << 30;
  private static final Path GOLDEN = Path.of("src/test/resources/io/memreport/sizing/512g.txt");

  @ParameterizedTest
  @CsvSource({
    "1,5", "2,10", "4,10", "8,10", "16,10", "32,10", "64,17", "128,17", "512,17", "512,64"
  })
  void the_worst_case_fits_what_is_left(int gib, int connections) throws Exception {
    Sizing sizing = Sizing.of(new Host(gib * GIB, null, null, 0, connections, null));
    assertThat(sizing.startKib()).isBetween(2000L, sizing.ceilingKib());
    assertThat(sizing.ceilingWorstBytes()).isLessThanOrEqualTo(sizing.forSqliteBytes());
    assertThat(sizing.worstBytes()).isLessThanOrEqualTo(sizing.ceilingWorstBytes());
  }

  @Test
  void no_cache_is_larger_than_its_database() throws Exception {
    Sizing sizing = Sizing.of(new Host(512 * GIB, null, null, 0, 4, 100L << 20));
    assertThat(sizing.ceilingKib()).isLessThanOrEqualTo(110L << 10);
    assertThat(sizing.mmapBytes()).isEqualTo(100L << 20);
  }

  @Test
  void the_lower_of_machine_and_limit_binds() throws Exception {
    Sizing limited = Sizing.of(new Host(512 * GIB, 8 * GIB, null, 0, 10, null));
    Sizing small = Sizing.of(new Host(8 * GIB, 512 * GIB, null, 0, 10, null));
    assertThat(limited.ceilingKib()).isEqualTo(small.ceilingKib());
  }

  @Test
  void figures_that_exclude_each_other_are_refused() {
    refused(new Host(8 * GIB, null, 8 * GIB, 0, 4, null), "the heap of 8.00 GiB alone");
    refused(new Host(8 * GIB, null, null, 9 * GIB, 4, null), "the other memory of 9.00 GiB alone");
    refused(new Host(8 * GIB, null, 6 * GIB, GIB, 4, null), "too little is left for 4 connections");
    refused(new Host(8 * GIB, null, null, 0, 0, null), "at least one connection");
  }

  private static void refused(Host host, String because) {
    assertThatThrownBy(() -> Sizing.of(host))
        .isInstanceOf(ContradictionException.class)
        .hasMessageContaining(because);
  }

  /** The question of the incident. */
  @Test
  void a_host_of_512_gib() throws Exception {
    String text = text(Sizing.of(new Host(512 * GIB, null, null, 0, 4, 40 * GIB)));
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, text);
    }
    assertThat(GOLDEN).as("write it anew with -Dgolden=update").hasContent(text);
  }

  @Test
  void what_is_printed_can_be_pasted(@TempDir Path folder) throws Exception {
    Sizing sizing = Sizing.of(new Host(8 * GIB, null, null, 0, 4, null));
    String url = line(text(sizing), "jdbc:sqlite:").replace("/data/app.db", folder + "/app.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(pragma(connection, "cache_size")).isEqualTo("-" + sizing.startKib());
      assertThat(pragma(connection, "temp_store")).isEqualTo("1");
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "journal_size_limit")).isEqualTo("67108864");
      assertThat(pragma(connection, "mmap_size")).isEqualTo("0");
    }
    assertThat(folder.resolve("app.db")).exists();
  }

  private static String line(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow().strip();
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery("pragma " + name)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static String text(Sizing sizing) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new SizingText(out).print(sizing);
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
