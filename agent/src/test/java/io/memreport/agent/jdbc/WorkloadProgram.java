// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import java.lang.reflect.Method;
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
import java.util.Random;

/**
 * Workloads of all kinds, made from seeds. After each it waits until what its connections hold was
 * recorded, and then closes one after the other: what SQLite gives back to malloc is the truth.
 */
public final class WorkloadProgram {
  static final int WORKLOADS = 20;

  /** What is open is written once a second. */
  private static final long RECORDED_MILLIS = 1500;

  private static final List<Object> KEPT = new ArrayList<>();

  private WorkloadProgram() {}

  public static void main(String[] arguments) throws Exception {
    for (int seed = 0; seed < WORKLOADS; seed++) {
      Path file = Files.createTempFile("workload", ".db");
      run(seed, "jdbc:sqlite:file:" + file);
      Files.delete(file);
    }
  }

  private static void run(int seed, String url) throws Exception {
    Random random = new Random(seed);
    int rows = 2_000 + random.nextInt(60_000);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i <= random.nextInt(40); i++) {
        statement.executeUpdate("create table extra" + i + "(a, b, c, d, e)");
      }
      statement.executeUpdate("create table t(id integer primary key, a text, b text)");
      statement.executeUpdate(
          "insert into t(a, b) with recursive n(i) as (select 1 union all select i + 1 from n where i < "
              + rows
              + ") select printf('%050d', i * 31 % 9973), printf('%0100d', i) from n");
    }
    List<Connection> open = new ArrayList<>();
    int connections = 1 + random.nextInt(4);
    for (int i = 0; i < connections; i++) {
      Connection connection =
          DriverManager.getConnection(
              url
                  + "?cache_size=-"
                  + (2_000 + random.nextInt(30_000))
                  + "&schema="
                  + seed
                  + "."
                  + i);
      open.add(connection);
      work(connection, random, rows);
    }
    Thread.sleep(RECORDED_MILLIS);
    KEPT.clear();
    for (int i = 0; i < connections; i++) {
      long before = held();
      open.get(i).close();
      System.out.println("truth " + seed + "." + i + " " + (before - held()));
    }
  }

  private static void work(Connection connection, Random random, int rows) throws SQLException {
    if (random.nextBoolean()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma temp_store=" + (random.nextBoolean() ? "memory" : "file"));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select * from t where id < " + random.nextInt(rows))) {
      while (result.next()) {
        result.getString(2);
      }
    }
    if (random.nextBoolean()) {
      for (int i = random.nextInt(300); i > 0; i--) {
        PreparedStatement statement = connection.prepareStatement("select a from t where id = ?");
        statement.setInt(1, i);
        statement.executeQuery().close();
        KEPT.add(statement);
      }
    }
    if (random.nextBoolean()) {
      PreparedStatement statement =
          connection.prepareStatement("select id from t where a = ? or b = ?");
      statement.setString(1, "x".repeat(random.nextInt(2_000_000)));
      statement.setString(2, "");
      statement.executeQuery().close();
      KEPT.add(statement);
    }
    if (random.nextBoolean()) {
      Statement statement = connection.createStatement();
      ResultSet sorted = statement.executeQuery("select b from t order by a, b");
      sorted.next();
      KEPT.add(statement);
      KEPT.add(sorted);
    }
  }

  /** What all of SQLite holds, by the recorder's own counter of malloc. */
  private static long held() throws ReflectiveOperationException {
    Class<?> heap = Class.forName("io.memreport.recorder.nativeheap.NativeHeap", true, null);
    long held = 0;
    for (Object library : (List<?>) heap.getMethod("libraries").invoke(null)) {
      Method figure = library.getClass().getMethod("held");
      held += (long) figure.invoke(library);
    }
    return held;
  }
}
