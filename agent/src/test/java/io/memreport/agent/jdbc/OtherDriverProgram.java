// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** H2 behind a pool: a driver that is known by its interfaces only, called through wrappers. */
public final class OtherDriverProgram {
  static final int ROWS = 250;

  private OtherDriverProgram() {}

  public static void main(String[] arguments) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:shop;USER=sa;PASSWORD=hunter2");
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("create table orders(id int primary key, note varchar(200))");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("insert into orders values (?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setInt(1, i);
          insert.setString(2, "note " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      for (int run = 0; run < 3; run++) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select note from orders where id >= " + run)) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.executeQuery("select * from nowhere");
        throw new IllegalStateException("there is no such table");
      } catch (SQLException expected) {
        System.err.println("as expected: " + expected.getErrorCode());
      }
    }
  }
}
