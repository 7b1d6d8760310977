// SPDX-License-Identifier: Apache-2.0
package service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database: some 500 bytes for each order. */
final class OrderDatabase {
  private OrderDatabase() {}

  /** Generates it, unless the file has that many orders already. */
  static Path create(Path file, int rows) throws SQLException, IOException {
    if (Files.exists(file) && count(file) == rows) {
      return file;
    }
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("pragma journal_mode=wal");
      statement.executeUpdate(
          "create table orders(id integer primary key, customer integer, status text, note text,"
              + " total integer)");
      statement.executeUpdate(
          "insert into orders(customer, status, note, total) with recursive n(i) as (select 1 union all"
              + " select i + 1 from n where i < "
              + rows
              + ") select i * 7919 % 100003, case i % 10 when 0 then 'open' else 'shipped' end,"
              + " printf('%0440d', i), i * 31 % 100000 from n");
      statement.executeUpdate("create index orders_by_status on orders(status)");
      statement.executeUpdate("create index orders_by_total on orders(total)");
      statement.executeUpdate("create table generated(orders integer)");
      statement.executeUpdate("insert into generated values (" + rows + ")");
    }
    return file;
  }

  private static int count(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select orders from generated")) {
      return row.next() ? row.getInt(1) : 0;
    } catch (SQLException e) {
      // Half a database of an earlier start that was ended.
      return 0;
    }
  }
}
