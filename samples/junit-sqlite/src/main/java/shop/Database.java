// SPDX-License-Identifier: Apache-2.0
package shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An order database in a temporary file. */
final class Database implements AutoCloseable {
  private final Path file;

  Database() {
    try {
      file = Files.createTempFile("shop", ".db");
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "jdbc:sqlite:" + file;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  Database withSchema() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          create table customers(id integer primary key, name text not null, email text unique);
          create table products(sku text primary key, name text not null, price integer not null);
          create table orders(id integer primary key, customer integer references customers(id),
            placed text default current_timestamp, state text not null default 'open');
          create table order_lines(order_id integer references orders(id),
            sku text references products(sku), quantity integer not null);
          create index lines_of_order on order_lines(order_id);
          """);
    }
    return this;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
