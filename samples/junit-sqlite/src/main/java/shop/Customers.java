// SPDX-License-Identifier: Apache-2.0
package shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The customers of a database. */
final class Customers {
  private final Connection connection;

  Customers(Connection connection) {
    this.connection = connection;
  }

  long add(String name, String email) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into customers(name, email) values (?, ?)")) {
      insert.setString(1, name);
      insert.setString(2, email);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  Optional<Customer> byEmail(String email) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id, name, email from customers where email = ?")) {
      select.setString(1, email);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Customer(row.getLong(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  void rename(long id, String name) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update customers set name = ? where id = ?")) {
      update.setString(1, name);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  long count() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select count(*) from customers");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
