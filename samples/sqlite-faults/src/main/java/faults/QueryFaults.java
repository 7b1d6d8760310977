// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What is wrong with queries, and with how they are ended. */
final class QueryFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault("sqlite.abandoned-query", QueryFaults::abandoned),
          new Fault("sqlite.query-timeout-ignored", QueryFaults::timeout),
          new Fault("sqlite.sort-in-memory", QueryFaults::sortInMemory),
          new Fault("sqlite.kept-by-malloc", QueryFaults::keptByMalloc),
          new Fault("sqlite.sorter-follows-cache", QueryFaults::largeSorter),
          new Fault("sqlite.temporary-sort", QueryFaults::temporarySort),
          new Fault("sqlite.aggregate-in-memory", QueryFaults::aggregate),
          new Fault("sqlite.full-scan", QueryFaults::fullScan),
          new Fault("sqlite.automatic-index", QueryFaults::automaticIndex));

  /** Some seconds of computing. */
  private static final String SLOW =
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000000)"
          + " select max(i) from n";

  private QueryFaults() {}

  private static void abandoned(Path file, boolean fixed) throws Exception {
    Statement statement = Faults.open(file, "").createStatement();
    Thread thread = new Thread(() -> compute(statement), "request");
    thread.start();
    Thread.sleep(300);
    if (fixed) {
      statement.cancel();
    } else {
      thread.interrupt();
    }
    thread.join();
    statement.close();
  }

  private static void timeout(Path file, boolean fixed) throws Exception {
    Statement statement = Faults.open(file, "").createStatement();
    statement.setQueryTimeout(1);
    Thread thread = new Thread(() -> compute(statement), "timeout");
    thread.start();
    Thread.sleep(300);
    if (fixed) {
      statement.cancel();
    }
    thread.join();
    statement.close();
  }

  private static void compute(Statement statement) {
    try {
      Faults.read(statement.executeQuery(SLOW));
    } catch (SQLException e) {
      System.out.println("ended: " + e.getMessage());
    }
  }

  private static void sortInMemory(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 120_000);
    Connection connection = Faults.open(file, "temp_store=" + (fixed ? "FILE" : "MEMORY"));
    Faults.run(connection, "select note, id from orders order by note");
  }

  /** What is opened meanwhile lies above what is freed, and keeps malloc from giving it back. */
  private static void keptByMalloc(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 900_000);
    Connection connection = Faults.open(file, "temp_store=" + (fixed ? "FILE" : "MEMORY"));
    Connection other = Faults.open(file, "");
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select note, id from orders order by note, id desc")) {
      rows.next();
      for (int i = 0; i < 20; i++) {
        Faults.keep(other.prepareStatement("select note from orders where id = " + i));
      }
    }
  }

  private static void largeSorter(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 200_000);
    Connection connection = Faults.open(file, "cache_size=-" + (fixed ? "2000" : "40000"));
    Faults.run(connection, "select note, customer from orders order by note, customer");
  }

  private static void temporarySort(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 200_000);
    Connection connection = Faults.open(file, "cache_size=-30000");
    if (fixed) {
      Faults.run(connection, "create index by_note on orders(note)");
    }
    Faults.run(connection, "select note from orders order by note");
  }

  private static void aggregate(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 100_000);
    Connection connection = Faults.open(file, "");
    Faults.run(
        connection, fixed ? "select note from orders" : "select group_concat(note) from orders");
  }

  private static void fullScan(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 600_000);
    Connection connection = Faults.open(file, "");
    if (fixed) {
      Faults.run(connection, "create index by_customer on orders(customer)");
    }
    Faults.run(connection, "select id from orders where customer = 4711");
  }

  private static void automaticIndex(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 30_000);
    Connection connection = Faults.open(file, "");
    Faults.run(connection, "create table payments(customer integer, sum integer)");
    Faults.run(connection, "insert into payments select customer, id from orders");
    if (fixed) {
      Faults.run(connection, "create index by_customer on payments(customer)");
    }
    Faults.run(
        connection,
        "select count(*) from orders cross join payments on payments.customer = orders.customer");
  }
}
