// SPDX-License-Identifier: Apache-2.0
package shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The orders of a database. */
final class Orders {
  private final Connection connection;

  Orders(Connection connection) {
    this.connection = connection;
  }

  long place(long customer, Map<String, Integer> quantities) throws SQLException {
    long id;
    try (PreparedStatement insert =
        connection.prepareStatement("insert into orders(customer) values (?)")) {
      insert.setLong(1, customer);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        id = keys.getLong(1);
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into order_lines values (?, ?, ?)")) {
      for (Map.Entry<String, Integer> line : quantities.entrySet()) {
        insert.setLong(1, id);
        insert.setString(2, line.getKey());
        insert.setInt(3, line.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return id;
  }

  long total(long order) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select coalesce(sum(l.quantity * p.price), 0) from order_lines l"
                + " join products p on p.sku = l.sku where l.order_id = ?")) {
      select.setLong(1, order);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  String state(long order) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select state from orders where id = ?")) {
      select.setLong(1, order);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  boolean move(long order, String from, String to) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update orders set state = ? where id = ? and state = ?")) {
      update.setString(1, to);
      update.setLong(2, order);
      update.setString(3, from);
      return update.executeUpdate() == 1;
    }
  }
}
