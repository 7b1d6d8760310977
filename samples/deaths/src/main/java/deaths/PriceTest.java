// SPDX-License-Identifier: Apache-2.0
package deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Small and innocent: what most tests are like. */
class PriceTest {
  @Test
  void adds_tax() {
    assertEquals(new BigDecimal("119.00"), new BigDecimal("100").multiply(new BigDecimal("1.19")));
  }

  @Test
  void reads_a_price() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table prices(cents integer)");
      statement.executeUpdate("insert into prices values (4200)");
      try (ResultSet price = statement.executeQuery("select cents from prices")) {
        assertTrue(price.next());
      }
    }
  }
}
