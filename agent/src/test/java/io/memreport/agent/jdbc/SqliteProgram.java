// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A program whose use of SQLite is known to the byte. Each step uses a connection of its own. */
public final class SqliteProgram {
  static final int ROWS = 300_000;

  /** Prime, and large against what SQLite needs besides. */
  static final int BLOB = 20_000_003;

  static final int LEAKED = 500;

  private static final List<AutoCloseable> KEPT = new ArrayList<>();

  private SqliteProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("orders", ".db");
    String url = "jdbc:sqlite:" + file;
    try {
      fill(url);
      sort(url);
      blob(url);
      replaced(url);
      leak(url);
      script(url);
      batch(url);
      generatedKeys(url);
      handOver(url);
    } finally {
      Files.delete(file);
    }
  }

  private static void fill(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table t(id integer primary key, a text, b text)");
      statement.executeUpdate("create table numbers(n)");
      statement.executeUpdate(
          "insert into t(a, b) with recursive n(i) as (select 1 union all select i + 1 from n"
              + " where i < "
              + ROWS
              + ") select printf('customer %050d', i), printf('%08x order %044d', i * 7919, i) from n");
    }
  }

  /** Its cache stays behind: the connection is kept open. */
  private static void sort(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    KEPT.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma cache_size=1000000");
      try (ResultSet rows = statement.executeQuery("select a, b from t order by b")) {
        while (rows.next()) {
          rows.getString(1);
        }
      }
    }
  }

  /** Held while the result is open, and given back with it. */
  private static void blob(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select zeroblob(" + BLOB + "), randomblob(" + BLOB + ")")) {
      row.next();
    }
  }

  /** The first query's memory is given back inside the call of the second. */
  private static void replaced(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select randomblob(" + BLOB + ") as first").next();
      statement.executeQuery("select randomblob(7) as second").next();
    }
  }

  private static void leak(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    KEPT.add(connection);
    for (int i = 0; i < LEAKED; i++) {
      PreparedStatement statement = connection.prepareStatement("select a from t where id = ?");
      statement.setInt(1, i + 1);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
      }
    }
  }

  private static void script(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("pragma temp_store=memory; pragma threads=2; create temp table s(x)");
    }
  }

  private static void batch(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement("insert into numbers(n) values (?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 100; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  private static void generatedKeys(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("insert into numbers(n) values (42)");
    }
  }

  /** Opened and read on one thread, closed on another. */
  private static void handOver(String url) throws Exception {
    Connection connection = DriverManager.getConnection(url);
    Statement statement = connection.createStatement();
    statement.executeQuery("select randomblob(" + BLOB + ") as handed_over").next();
    Thread closer =
        new Thread(
            () -> {
              try {
                statement.close();
                connection.close();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    closer.start();
    closer.join();
  }
}
