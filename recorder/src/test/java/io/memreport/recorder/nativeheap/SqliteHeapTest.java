// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shim against SQLite, whose use of memory is known in these cases. */
class SqliteHeapTest {
  private static final int BLOB = 20_000_003;

  private ByteBuffer counters;
  private long start;

  @BeforeAll
  static void load() throws SQLException {
    String directory = NativePlatform.directory();
    assumeTrue(directory != null, NativePlatform::unsupported);
    Path library =
        Path.of("src/main/resources/native", directory, NativePlatform.LIBRARY).toAbsolutePath();
    assertThat(NativeHeap.load(library)).isNull();
    DriverManager.getConnection("jdbc:sqlite::memory:").close();
    NativeHeap.patch(false);
    assertThat(NativeHeap.libraries())
        .singleElement()
        .satisfies(
            sqlite -> {
              assertThat(sqlite.name()).isEqualTo("libsqlitejdbc.so");
              assertThat(sqlite.sqlite()).isTrue();
              assertThat(sqlite.refusedBecause()).isNull();
            });
  }

  @BeforeEach
  void mark() {
    counters = NativeHeap.currentThread();
    start = held();
    counters.putLong(NativeHeap.PEAK, counters.getLong(0) - counters.getLong(NativeHeap.FREED));
  }

  @Test
  @SuppressWarnings("try")
  void a_value_is_held_until_its_result_is_closed() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      long before = held();
      try (ResultSet row = statement.executeQuery("select randomblob(" + BLOB + ")")) {
        row.next();
        assertThat(held() - before).isBetween((long) BLOB, BLOB + 100_000L);
      }
      statement.close();
      assertThat(held() - before).isCloseTo(0, within(100_000L));
    }
    assertThat(held()).isEqualTo(start);
  }

  @Test
  void a_connection_gives_back_every_byte() throws SQLException {
    for (int i = 0; i < 20; i++) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("create table t(a)");
        statement.executeUpdate(
            "insert into t with recursive n(i) as (select 1 union all select i + 1 from n"
                + " where i < 1000) select randomblob(i) from n");
      }
      assertThat(held()).isEqualTo(start);
    }
  }

  @Test
  @SuppressWarnings("try")
  void a_sort_peaks_in_its_query_and_its_pages_stay_with_the_connection(@TempDir Path folder)
      throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("orders.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table t(a text, b text)");
      statement.executeUpdate(
          "insert into t with recursive n(i) as (select 1 union all select i + 1 from n"
              + " where i < 300000) select printf('%060d', i), printf('%060d', i * 7919 % 300007)"
              + " from n");
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma cache_size=1000000");
      long pages;
      try (ResultSet row = statement.executeQuery("pragma page_count")) {
        pages = row.getLong(1);
      }
      try (ResultSet rows = statement.executeQuery("select a, b from t order by b")) {
        while (rows.next()) {}
      }
      statement.close();
      // Each page of 4096 bytes has a header and a share of the hash table besides.
      assertThat(held() - start).isBetween(pages * 4096, pages * 4600);
      assertThat(counters.getLong(NativeHeap.PEAK) - start).isGreaterThan(2 * pages * 4096);
    }
    assertThat(held()).isEqualTo(start);
  }

  @Test
  void workers_of_a_sort_count_for_the_thread_that_waits_for_them(@TempDir Path folder)
      throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("orders.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table t(a text)");
      statement.executeUpdate(
          "insert into t with recursive n(i) as (select 1 union all select i + 1 from n"
              + " where i < 300000) select printf('%0100d', i * 7919 % 300007) from n");
      statement.execute("pragma cache_size=-16000");
      statement.execute("pragma threads=4");
      long adopted = counters.getLong(NativeHeap.ADOPTED_ALLOCATED);
      try (ResultSet rows = statement.executeQuery("select a from t order by a")) {
        while (rows.next()) {}
      }
      assertThat(counters.getLong(NativeHeap.ADOPTED_ALLOCATED)).isGreaterThan(adopted);
    }
    assertThat(held()).isEqualTo(start);
  }

  @Test
  @SuppressWarnings("try")
  void what_another_thread_gives_back_keeps_the_sum_right() throws Exception {
    long before = process();
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    Statement statement = connection.createStatement();
    statement.executeQuery("select randomblob(" + BLOB + ")");
    assertThat(process() - before).isGreaterThan(BLOB);
    Thread closer =
        new Thread(
            () -> {
              try {
                statement.close();
                connection.close();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    closer.start();
    closer.join();
    assertThat(process()).isEqualTo(before);
  }

  @Test
  @SuppressWarnings("try")
  void blocks_from_before_are_not_subtracted_when_they_are_freed() throws SQLException {
    NativeHeap.restore();
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    Statement statement = connection.createStatement();
    statement.executeQuery("select randomblob(" + BLOB + ")");
    assertThat(held()).isEqualTo(start);
    NativeHeap.patch(false);
    statement.close();
    connection.close();
    assertThat(held()).isEqualTo(start);
  }

  private long held() {
    return counters.getLong(NativeHeap.ALLOCATED)
        + counters.getLong(NativeHeap.ADOPTED_ALLOCATED)
        - counters.getLong(NativeHeap.FREED)
        - counters.getLong(NativeHeap.ADOPTED_FREED);
  }

  private static long process() {
    return NativeHeap.libraries().get(0).held();
  }
}
