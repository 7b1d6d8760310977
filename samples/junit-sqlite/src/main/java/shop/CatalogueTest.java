// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final Database DATABASE = new Database();
  private static Connection connection;

  @BeforeAll
  static void fill() throws SQLException {
    connection = DATABASE.withSchema().connect();
    new Catalogue(connection)
        .add(
            IntStream.rangeClosed(1, 500)
                .mapToObj(i -> new Product("sku-" + i, "product " + i, i * 100L))
                .toList());
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    DATABASE.close();
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "101, 1", "5000, 49", "100000, 500"})
  void counts_what_is_cheaper(long cents, int expected) throws SQLException {
    assertEquals(expected, new Catalogue(connection).cheaperThan(cents).size());
  }

  @Test
  void lists_the_cheapest_first() throws SQLException {
    List<Product> found = new Catalogue(connection).cheaperThan(400);
    assertEquals(List.of("sku-1", "sku-2", "sku-3"), found.stream().map(Product::sku).toList());
  }
}
