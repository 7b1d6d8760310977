// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.ProgressHandler;

/** Uses a driver so that whoever waits for it waits long. */
public final class BusyDriverProgram {
  private static final String ENDLESS =
      "with recursive q(i) as (select 1 union all select i + 1 from q) select count(*) from q";
  private static final int PRAGMAS = 100;
  private static final long IDLE_MILLIS = 1500;

  private BusyDriverProgram() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("exit")) {
      exitWhileAQueryRuns();
    } else {
      countProgress();
    }
  }

  /** One thread sets settings again and again, another one runs a query that never ends. */
  private static void exitWhileAQueryRuns() throws Exception {
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    CountDownLatch set = new CountDownLatch(PRAGMAS);
    CountDownLatch began = new CountDownLatch(1);
    daemon(
        () -> {
          try (Statement statement = connection.createStatement()) {
            while (true) {
              statement.execute("pragma cache_size=1000");
              set.countDown();
            }
          }
        });
    set.await();
    daemon(
        () -> {
          try (Statement statement = connection.createStatement()) {
            began.countDown();
            statement.executeQuery(ENDLESS).close();
          }
        });
    began.await();
    // Whatever of ours waits for the driver does so by now.
    Thread.sleep(IDLE_MILLIS);
    System.exit(0);
  }

  /** Prints who called the application's handler, and how often. */
  private static void countProgress() throws SQLException, InterruptedException {
    AtomicLong calls = new AtomicLong();
    Set<String> callers = new ConcurrentSkipListSet<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t(a)");
      ProgressHandler.setHandler(
          connection,
          1,
          new ProgressHandler() {
            @Override
            protected int progress() {
              calls.incrementAndGet();
              callers.add(Thread.currentThread().getName());
              return 0;
            }
          });
      statement.execute("insert into t values (1)");
      statement.execute("pragma cache_size=500");
      Thread.sleep(IDLE_MILLIS);
      try (ResultSet result = statement.executeQuery("select a from t")) {
        result.next();
      }
      Thread.sleep(IDLE_MILLIS);
      System.out.println(calls + " " + callers);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
