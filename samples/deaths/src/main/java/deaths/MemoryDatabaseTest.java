// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A database in memory, because that is fast in tests, with production's data in it. */
class MemoryDatabaseTest {
  private static final int PICTURES = 20_000;
  private static final int BYTES = 50_000;

  @Test
  void loads_every_picture() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table pictures(data)");
      String picture = "insert into pictures values (randomblob(?))";
      try (PreparedStatement insert = connection.prepareStatement(picture)) {
        for (int i = 0; i < PICTURES; i++) {
          insert.setInt(1, BYTES);
          insert.executeUpdate();
        }
      }
    }
  }
}
