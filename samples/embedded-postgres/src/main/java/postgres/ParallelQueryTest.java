// SPDX-License-Identifier: Apache-2.0
package postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A parallel hash join whose table its workers share in {@code /dev/shm}: it needs some 100 MB. */
class ParallelQueryTest {
  @Test
  void joins_in_parallel() throws Exception {
    try (EmbeddedPostgres server = Servers.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table orders as select n as id, n % 1000 as customer, repeat('x', 100) as note"
              + " from generate_series(1, 600000) n");
      statement.execute("analyze orders");
      statement.execute("set work_mem = '512MB'");
      statement.execute("set min_parallel_table_scan_size = 0");
      statement.execute("set parallel_setup_cost = 0");
      statement.execute("set parallel_tuple_cost = 0");
      statement.execute("set max_parallel_workers_per_gather = 2");
      statement
          .executeQuery(
              "select count(*), max(b.note) from orders a join orders b on a.id = b.id"
                  + " where a.note <> 'secret-literal'")
          .close();
    }
  }
}
