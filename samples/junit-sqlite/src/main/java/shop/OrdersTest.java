// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OrdersTest {
  private Connection connection;
  private Orders orders;
  private long customer;
  private String sku;

  @BeforeEach
  void borrow() throws SQLException {
    connection = Pool.borrow();
    orders = new Orders(connection);
    sku = UUID.randomUUID().toString();
    customer = new Customers(connection).add("Ada", sku + "@example.org");
    new Catalogue(connection).add(List.of(new Product(sku, "tea", 250)));
  }

  @AfterEach
  void giveBack() throws SQLException {
    connection.close();
  }

  @Test
  void adds_up_its_lines() throws SQLException {
    assertEquals(750, orders.total(orders.place(customer, Map.of(sku, 3))));
  }

  @Test
  void costs_nothing_without_lines() throws SQLException {
    assertEquals(0, orders.total(orders.place(customer, Map.of())));
  }

  @Test
  void knows_no_state_of_an_order_that_was_never_placed() throws SQLException {
    assertNull(orders.state(-1));
  }

  @RepeatedTest(3)
  void is_open_once_it_was_placed() throws SQLException {
    assertEquals("open", orders.state(orders.place(customer, Map.of(sku, 1))));
  }

  @TestFactory
  Stream<DynamicTest> totals() {
    return Stream.of(1, 10, 100)
        .map(
            n ->
                DynamicTest.dynamicTest(
                    n + " pieces",
                    () ->
                        assertEquals(
                            250L * n, orders.total(orders.place(customer, Map.of(sku, n))))));
  }

  @Nested
  class WhenPaid {
    private long order;

    @BeforeEach
    void pay() throws SQLException {
      order = orders.place(customer, Map.of(sku, 2));
      orders.move(order, "open", "paid");
    }

    @Test
    void can_be_shipped() throws SQLException {
      assertTrue(orders.move(order, "paid", "shipped"));
      assertEquals("shipped", orders.state(order));
    }

    @Test
    void cannot_be_paid_again() throws SQLException {
      assertFalse(orders.move(order, "open", "paid"));
    }
  }
}
