// SPDX-License-Identifier: Apache-2.0
package postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** Somebody else's server, with data that must stay: counts its rows for each line that it gets. */
final class Keeper {
  private Keeper() {}

  public static void main(String[] arguments) throws Exception {
    try (EmbeddedPostgres server = Servers.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept as select generate_series(1, 1000) as n");
      System.out.println("ready");
      while (System.in.read() >= 0) {
        try (ResultSet sum = statement.executeQuery("select sum(n) from kept")) {
          sum.next();
          System.out.println(sum.getLong(1));
        }
      }
    }
  }
}
