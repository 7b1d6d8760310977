// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Sorts all movements of stock in SQLite's own memory, and reads the first pages. */
class StockReportPerformanceTest {
  private static final int PAGES = 100;

  @Test
  void sorts_all_movements() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("pragma temp_store=memory");
      statement.execute("pragma cache_size=-1000000");
      try (ResultSet movements =
          statement.executeQuery(
              "with recursive movements(id) as (select 1 union all select id + 1 from movements"
                  + " where id < 600000)"
                  + " select id, hex(randomblob(50)) as article from movements"
                  + " order by article")) {
        for (int i = 0; i < PAGES; i++) {
          assertTrue(movements.next());
          Pace.work(60);
        }
      }
    }
  }
}
