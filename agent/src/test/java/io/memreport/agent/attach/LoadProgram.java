// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.attach;

import io.memreport.api.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Four threads that read and write, each through a connection of its own that is opened anew now
 * and then, until a line comes on standard input. Then it says how many queries went well and how
 * many did not.
 */
public final class LoadProgram {
  private static final int THREADS = 4;
  private static final int PER_CONNECTION = 5_000;

  /** After so many queries a span begins. */
  private static final int SPAN = 500;

  private static final AtomicLong QUERIES = new AtomicLong();
  private static final AtomicLong WRITES = new AtomicLong();
  private static final AtomicLong FAILURES = new AtomicLong();
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static volatile boolean stop;

  private LoadProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("load", ".db");
    String url = "jdbc:sqlite:" + file + "?journal_mode=wal&synchronous=off&busy_timeout=60000";
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().executeUpdate("create table t(id integer primary key, a text)");
      connection
          .createStatement()
          .executeUpdate(
              "insert into t(a) with recursive n(i) as (select 1 union all select i + 1 from n where i <"
                  + " 20000) select 'customer ' || i from n");
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> work(url), "load-" + i);
      thread.start();
      threads.add(thread);
    }
    System.out.println("ready");
    System.in.read();
    stop = true;
    for (Thread thread : threads) {
      thread.join();
    }
    POOL.shutdown();
    long rows;
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet count = connection.createStatement().executeQuery("select count(*) from t")) {
      rows = count.getLong(1) - 20_000;
    }
    System.out.println(
        "queries " + QUERIES + " failures " + FAILURES + " lost " + (WRITES.get() - rows));
    Files.delete(file);
  }

  private static void work(String url) {
    while (!stop) {
      try (Connection connection = DriverManager.getConnection(url);
          PreparedStatement read = connection.prepareStatement("select a from t where id = ?");
          PreparedStatement write = connection.prepareStatement("insert into t(a) values (?)")) {
        for (int i = 0; i < PER_CONNECTION && !stop; i++) {
          one(read, write, i);
          if (i % SPAN == 0) {
            pooled();
          }
        }
      } catch (SQLException | RuntimeException e) {
        FAILURES.incrementAndGet();
        e.printStackTrace();
      }
    }
  }

  /** A span whose work is done by a pool. */
  private static void pooled() {
    Span span = Span.open("pooled");
    try {
      int answer =
          POOL.submit(
                  () -> {
                    try (Connection connection =
                            DriverManager.getConnection("jdbc:sqlite::memory:");
                        ResultSet row =
                            connection.createStatement().executeQuery("select 42 as pooled")) {
                      return row.getInt(1);
                    }
                  })
              .get();
      if (answer != 42) {
        FAILURES.incrementAndGet();
      }
    } catch (InterruptedException | ExecutionException e) {
      FAILURES.incrementAndGet();
    } finally {
      span.close();
    }
  }

  private static void one(PreparedStatement read, PreparedStatement write, int i)
      throws SQLException {
    int id = 1 + i % 20_000;
    read.setInt(1, id);
    try (ResultSet row = read.executeQuery()) {
      if (!row.next() || !row.getString(1).equals("customer " + id)) {
        FAILURES.incrementAndGet();
      }
    }
    if (i % 50 == 0) {
      write.setString(1, "written");
      WRITES.addAndGet(write.executeUpdate());
    }
    QUERIES.incrementAndGet();
  }
}
