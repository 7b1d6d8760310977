// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.sql.Connection;
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
    long run(Connection connection, int times) throws SQLException {
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
  };

  static final int ROWS = 10_000;

  /** How often in one round. */
  final int times;

  final boolean inTransaction;

  Work(int times, boolean inTransaction) {
    this.times = times;
    this.inTransaction = inTransaction;
  }

  /** Does it that often; returns something that depends on all of it. */
  abstract long run(Connection connection, int times) throws SQLException;
}
