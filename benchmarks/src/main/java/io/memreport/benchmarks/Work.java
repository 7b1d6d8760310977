// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is repeated and timed. */
enum Work {
  PREPARED_POINT_SELECT(200_000, false) {
    @Override
    long run(Connection connection, int times) throws SQLException {
      long sum = 0;
      try (PreparedStatement select = connection.prepareStatement("select a from t where id = ?")) {
        for (int i = 0; i < times; i++) {
          select.setInt(1, i % ROWS + 1);
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              sum += row.getLong(1);
            }
          }
        }
      }
      return sum;
    }
  },
  /** Without the file locks that SQLite takes for each query outside a transaction. */
  POINT_SELECT_IN_TRANSACTION(500_000, true) {
    @Override
    long run(Connection connection, int times)
        throws SQLException, IOException, InterruptedException {
      return PREPARED_POINT_SELECT.run(connection, times);
    }
  },
  UNPREPARED_POINT_SELECT(100_000, false) {
    @Override
    long run(Connection connection, int times) throws SQLException {
      long sum = 0;
      for (int i = 0; i < times; i++) {
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery("select a from t where id = " + (i % ROWS + 1))) {
          while (row.next()) {
            sum += row.getLong(1);
          }
        }
      }
      return sum;
    }
  },
  SCANNED_ROW(1_000_000, true) {
    @Override
    long run(Connection connection, int times) throws SQLException {
      long sum = 0;
      try (PreparedStatement select = connection.prepareStatement("select a from t")) {
        for (int i = 0; i < times / ROWS; i++) {
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              sum += row.getLong(1);
            }
          }
        }
      }
      return sum;
    }
  },
  /** As a program without a pool does it. */
  OPEN_QUERY_CLOSE(20_000, false) {
    @Override
    long run(Connection connection, int times) throws SQLException {
      String url = connection.getMetaData().getURL();
      long sum = 0;
      for (int i = 0; i < times; i++) {
        try (Connection opened = DriverManager.getConnection(url);
            Statement statement = opened.createStatement();
            ResultSet row = statement.executeQuery("select a from t where id = 1")) {
          row.next();
          sum += row.getLong(1);
        }
      }
      return sum;
    }
  },
  /** Names that are made up, so that no two texts are one query. */
  DISTINCT_TEXT(500_000, false, 1) {
    @Override
    long run(Connection connection, int times) throws SQLException {
      long sum = 0;
      try (Statement statement = connection.createStatement()) {
        for (int i = 0; i < times; i++) {
          try (ResultSet row =
              statement.executeQuery("select a as column_" + i + " from t where id = 1")) {
            row.next();
            sum += row.getLong(1);
          }
        }
      }
      return sum;
    }
  },
  PROCESS_START(100) {
    @Override
    long run(Connection connection, int times) throws IOException, InterruptedException {
      long sum = 0;
      for (int i = 0; i < times; i++) {
        sum += new ProcessBuilder("true").start().waitFor() + 1;
      }
      return sum;
    }
  },
  /** Of a child that prints as fast as it is read. */
  LINE_OF_A_CHILD(1_000_000) {
    @Override
    long run(Connection connection, int times) throws IOException {
      Process child = print("INFO a line of a server that starts and prints what it does", times);
      long lines = 0;
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        while (reader.readLine() != null) {
          lines++;
        }
      }
      return lines;
    }
  },
  BYTE_OF_A_CHILD(20_000_000) {
    @Override
    long run(Connection connection, int times) throws IOException {
      Process child = print("0123456", times / 8);
      long sum = 0;
      try (InputStream in = child.getInputStream()) {
        for (int next = in.read(); next >= 0; next = in.read()) {
          sum += next;
        }
      }
      return sum;
    }
  };

  static final int ROWS = 10_000;

  private static final int ROUNDS = 8;

  /** How often in one round. */
  final int times;

  final boolean inTransaction;

  /** Of which the best counts. */
  final int rounds;

  /** Whether it is JDBC that is measured, which others watch, too. */
  final boolean jdbc;

  Work(int times, boolean inTransaction) {
    this(times, inTransaction, ROUNDS);
  }

  Work(int times, boolean inTransaction, int rounds) {
    this(times, inTransaction, rounds, true);
  }

  /** Of processes. */
  Work(int times) {
    this(times, false, ROUNDS, false);
  }

  Work(int times, boolean inTransaction, int rounds, boolean jdbc) {
    this.times = times;
    this.inTransaction = inTransaction;
    this.rounds = rounds;
    this.jdbc = jdbc;
  }

  private static Process print(String line, int times) throws IOException {
    return new ProcessBuilder("sh", "-c", "yes '" + line + "' | head -n " + times).start();
  }

  /** Does it that often; returns something that depends on all of it. */
  abstract long run(Connection connection, int times)
      throws SQLException, IOException, InterruptedException;
}
