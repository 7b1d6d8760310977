// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A repository test like most: a small database for a moment. */
class ShelfTest {
  @Test
  void counts_its_articles() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table shelf(article text)");
      statement.executeUpdate("insert into shelf values ('screw'), ('nut')");
      try (ResultSet count = statement.executeQuery("select count(*) from shelf")) {
        assertEquals(2, count.getInt(1));
      }
    }
  }
}
