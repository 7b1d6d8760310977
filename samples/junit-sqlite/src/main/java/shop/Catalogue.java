// SPDX-License-Identifier: Apache-2.0
package shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The products of a database. */
final class Catalogue {
  private final Connection connection;

  Catalogue(Connection connection) {
    this.connection = connection;
  }

  void add(List<Product> products) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into products(sku, name, price) values (?, ?, ?)")) {
      for (Product product : products) {
        insert.setString(1, product.sku());
        insert.setString(2, product.name());
        insert.setLong(3, product.price());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  List<Product> cheaperThan(long cents) throws SQLException {
    List<Product> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select sku, name, price from products where price < ? order by price")) {
      select.setLong(1, cents);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Product(row.getString(1), row.getString(2), row.getLong(3)));
        }
      }
    }
    return found;
  }
}
