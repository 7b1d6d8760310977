// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Commits all faults, or does the same things right, in one JVM: each has a database of its own.
 */
public final class Faults {
  static final List<Fault> ALL =
      Stream.of(SettingFaults.ALL, StatementFaults.ALL, QueryFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private static final Queue<Object> KEPT = new ConcurrentLinkedQueue<>();

  private Faults() {}

  /**
   * @param arguments a folder, {@code faulty} or {@code fixed}, and for how many seconds to stand
   *     idle
   */
  public static void main(String[] arguments) throws Exception {
    for (Fault fault : ALL) {
      Path folder = Files.createDirectories(Path.of(arguments[0], fault.finding()));
      fault.act().commit(folder.resolve("orders.db"), arguments[1].equals("fixed"));
    }
    Thread.sleep(1000L * Integer.parseInt(arguments[2]));
    System.out.println("kept open to the end: " + KEPT.size());
  }

  /** Stays open and reachable until the JVM ends. */
  static <T> T keep(T resource) {
    KEPT.add(resource);
    return resource;
  }

  /** A connection that stays open, with the driver's own parameters. */
  static Connection open(Path file, String parameters) throws SQLException {
    return keep(
        DriverManager.getConnection(
            "jdbc:sqlite:" + file + (parameters.isEmpty() ? "" : "?" + parameters)));
  }

  /** Runs statements, one after the other, and their results to the end. */
  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        if (statement.execute(sql)) {
          read(statement.getResultSet());
        }
      }
    }
  }

  /** Reads a result to its end. */
  static void read(ResultSet rows) throws SQLException {
    while (rows.next()) {
      rows.getString(1);
    }
  }

  /**
   * A table of orders with so many rows of some 200 bytes, made through a connection that is
   * closed.
   */
  static void fill(Path file, int rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "create table orders(id integer primary key, customer integer, note text)");
      statement.executeUpdate(
          "insert into orders(customer, note) with recursive n(i) as (select 1 union all select i + 1"
              + " from n where i < "
              + rows
              + ") select i * 7919 % 100003, printf('%0180d', i * 7919 % 100003) from n");
    }
  }
}
