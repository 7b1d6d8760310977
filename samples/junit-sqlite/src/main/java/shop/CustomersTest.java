// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomersTest {
  private final Database database = new Database();
  private Connection connection;
  private Customers customers;

  @BeforeEach
  void open() throws SQLException {
    connection = database.withSchema().connect();
    customers = new Customers(connection);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void finds_a_customer_by_email() throws SQLException {
    long id = customers.add("Ada", "ada@example.org");
    assertEquals(
        new Customer(id, "Ada", "ada@example.org"), customers.byEmail("ada@example.org").get());
  }

  @Test
  void knows_nobody_at_first() throws SQLException {
    assertTrue(customers.byEmail("nobody@example.org").isEmpty());
    assertEquals(0, customers.count());
  }

  @Test
  void renames_a_customer() throws SQLException {
    long id = customers.add("Grace", "grace@example.org");
    customers.rename(id, "Grace H.");
    assertEquals("Grace H.", customers.byEmail("grace@example.org").get().name());
  }

  @Test
  void refuses_the_same_email_twice() throws SQLException {
    customers.add("Alan", "alan@example.org");
    assertThrows(SQLException.class, () -> customers.add("Alan T.", "alan@example.org"));
  }

  @ParameterizedTest
  @CsvSource({"O'Hara, ohara@example.org", "Łukasz, lukasz@example.org", "李, li@example.org"})
  void keeps_names_as_they_are(String name, String email) throws SQLException {
    customers.add(name, email);
    assertEquals(name, customers.byEmail(email).get().name());
  }
}
