// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TopSellersTest {
  @Test
  void ranks_all_sales_by_price() throws SQLException {
    try (Connection connection = History.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma temp_store=memory");
      int sales = 0;
      long before = Long.MAX_VALUE;
      try (ResultSet row =
          statement.executeQuery("select article, region, cents from sales order by cents desc")) {
        while (row.next()) {
          assertTrue(row.getLong(3) <= before);
          before = row.getLong(3);
          sales++;
        }
      }
      assertEquals(300_000, sales);
    }
  }

  @Test
  void names_the_ten_best() throws SQLException {
    try (Connection connection = History.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select article from sales order by cents desc limit 10")) {
      int found = 0;
      while (row.next()) {
        found++;
      }
      assertEquals(10, found);
    }
  }
}
