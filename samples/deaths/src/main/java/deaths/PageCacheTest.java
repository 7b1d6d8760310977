// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache of a gigabyte keeps every page of a large import. */
class PageCacheTest {
  private static final int ORDERS = 1_000_000;

  @Test
  void imports_a_year_of_orders(@TempDir Path folder) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("orders.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma cache_size=-1000000");
      statement.executeUpdate("create table orders(id integer primary key, note text)");
      connection.setAutoCommit(false);
      String order = "insert into orders(note) values (hex(randomblob(500)))";
      try (PreparedStatement insert = connection.prepareStatement(order)) {
        for (int i = 0; i < ORDERS; i++) {
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }
}
