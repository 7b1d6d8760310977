// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CustomerImportTest {
  private static final int CUSTOMERS = 2003;
  private static Connection target;

  @BeforeAll
  static void open() throws SQLException {
    target = new Database().withSchema().connect();
  }

  @Test
  void imports_a_file_of_customers() throws SQLException {
    target.setAutoCommit(false);
    for (int i = 0; i < CUSTOMERS; i++) {
      PreparedStatement insert =
          target.prepareStatement("insert into customers(name, email) values (?, ?)");
      insert.setString(1, "customer " + i);
      insert.setString(2, "customer" + i + "@example.org");
      assertEquals(1, insert.executeUpdate());
    }
    target.commit();
    target.setAutoCommit(true);
    assertTrue(new Customers(target).count() >= CUSTOMERS);
  }

  @Test
  void reads_back_what_it_imported() throws SQLException {
    Customers customers = new Customers(target);
    customers.add("Ada", "ada@example.org");
    assertEquals("Ada", customers.byEmail("ada@example.org").get().name());
  }
}
