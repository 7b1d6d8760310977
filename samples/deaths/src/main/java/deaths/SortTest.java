// SPDX-License-Identifier: Apache-2.0
package deaths;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A sort that may not use a file, of more rows than fit. */
class SortTest {
  @Test
  void ranks_all_sales() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("pragma temp_store=memory");
      statement.execute("pragma cache_size=-1000000");
      try (ResultSet ranking =
          statement.executeQuery(
              "with recursive sales(id) as (select 1 union all select id + 1 from sales"
                  + " where id < 5000000)"
                  + " select id, hex(randomblob(60)) as customer from sales order by customer")) {
        assertTrue(ranking.next());
      }
    }
  }
}
