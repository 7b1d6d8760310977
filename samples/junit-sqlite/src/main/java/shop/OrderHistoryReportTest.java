// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrderHistoryReportTest {
  private static Connection reporting;

  @BeforeAll
  static void open() throws SQLException {
    reporting = History.database().connect();
  }

  @Test
  void has_sales_in_every_region() throws SQLException {
    try (Statement statement = reporting.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(distinct region) from (select region from sales limit 1000)")) {
      assertTrue(row.next());
      assertEquals(97, row.getInt(1));
    }
  }

  @Test
  void sums_up_revenue_by_region() throws SQLException {
    try (Statement statement = reporting.createStatement()) {
      statement.execute("pragma cache_size=200000");
      long revenue = 0;
      try (ResultSet row =
          statement.executeQuery("select region, sum(cents) from sales group by region")) {
        while (row.next()) {
          revenue += row.getLong(2);
        }
      }
      assertTrue(revenue > 0);
    }
  }

  @Test
  void finds_a_single_sale() throws SQLException {
    try (Statement statement = reporting.createStatement();
        ResultSet row = statement.executeQuery("select cents from sales where id = 4711")) {
      assertTrue(row.next());
      assertEquals(4711L * 7919 % 100003, row.getLong(1));
    }
  }
}
