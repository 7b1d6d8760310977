// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries under a security policy that allows little more than that. */
final class StrictProgram {
  static final int ROWS = 100;

  private StrictProgram() {}

  public static void main(String[] arguments) throws SQLException, InterruptedException {
    Thread worker = new Thread(StrictProgram::query);
    worker.start();
    worker.join();
    try {
      System.out.println("environment " + System.getenv("HOME"));
    } catch (SecurityException e) {
      System.out.println("the policy holds");
    }
  }

  private static void query() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t(x)");
      for (int i = 0; i < ROWS; i++) {
        statement.execute("insert into t values(" + i + ")");
      }
      try (ResultSet rows = statement.executeQuery("select count(*) from t")) {
        rows.next();
        System.out.println("rows " + rows.getInt(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
