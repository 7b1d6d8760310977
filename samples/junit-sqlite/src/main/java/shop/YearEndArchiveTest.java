// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Reads 300 MB of scanned documents, with a cache that nothing bounds. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class YearEndArchiveTest {
  private static final int DOCUMENTS = 75_000;
  private static final int BYTES = 4_000;
  private static Database archive;

  @BeforeAll
  static void fill() throws SQLException {
    archive = new Database();
    try (Connection connection = archive.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=off");
      statement.execute("pragma synchronous=off");
      statement.executeUpdate("create table documents(id integer primary key, scan blob)");
      statement.executeUpdate(
          "insert into documents(scan) with recursive n(i) as"
              + " (select 1 union all select i + 1 from n where i < "
              + DOCUMENTS
              + ") select zeroblob("
              + BYTES
              + ") from n");
    }
  }

  @AfterAll
  static void delete() {
    archive.close();
  }

  @Test
  void counts_the_documents() throws SQLException {
    try (Connection connection = archive.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(id) from documents")) {
      assertTrue(row.next());
      assertEquals(DOCUMENTS, row.getInt(1));
    }
  }

  @Test
  void sums_up_all_scans() throws SQLException {
    try (Connection connection = archive.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma cache_size=1000000000");
      try (ResultSet row =
          statement.executeQuery("select sum(length(hex(scan))) / 2 from documents")) {
        assertTrue(row.next());
        assertEquals((long) DOCUMENTS * BYTES, row.getLong(1));
      }
    }
  }
}
