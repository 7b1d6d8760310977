// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.sqlite.SQLiteDataSource;

/** The program that is watched: prints the best nanoseconds a piece that it reached. */
public final class Workload {
  private Workload() {}

  /** Takes the name of the {@link Work} and how it is wrapped: none, p6spy or datasource-proxy. */
  public static void main(String[] arguments) throws Exception {
    Work work = Work.valueOf(arguments[0]);
    Path file = Files.createTempFile("benchmark", ".db");
    String url = "jdbc:sqlite:" + file;
    try {
      fill(url);
      try (Connection connection = connect(url, arguments[1])) {
        connection.setAutoCommit(!work.inTransaction);
        double best = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < work.rounds; round++) {
          long start = System.nanoTime();
          sum += work.run(connection, work.times);
          best = Math.min(best, (System.nanoTime() - start) / (double) work.times);
        }
        if (sum == 0) {
          throw new IllegalStateException("nothing was read");
        }
        System.out.println(best);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void fill(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table t(id integer primary key, a integer, b text)");
      statement.executeUpdate(
          "insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < "
              + Work.ROWS
              + ") select i, i * 7, 'row ' || i from n");
    }
  }

  private static Connection connect(String url, String wrapper) throws Exception {
    return switch (wrapper) {
      case "none" -> DriverManager.getConnection(url);
      case "p6spy" -> DriverManager.getConnection(url.replace("jdbc:", "jdbc:p6spy:"));
      case "datasource-proxy" -> proxied(url).getConnection();
      default -> throw new IllegalArgumentException(wrapper);
    };
  }

  private static DataSource proxied(String url) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url);
    return ProxyDataSourceBuilder.create(source).countQuery().build();
  }
}
