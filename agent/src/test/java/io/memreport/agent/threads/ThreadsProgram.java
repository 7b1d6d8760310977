// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
import java.util.concurrent.Semaphore;

/** Threads that end, stacks that overflow, a heap that is full: queries go on all the while. */
public final class ThreadsProgram {
  /** So many threads live at once. */
  private static final int AT_ONCE = 8;

  /** How often it says what is alive. */
  private static final int STEPS = Integer.getInteger("steps");

  private static int overflows;
  private static int atDepth;

  private ThreadsProgram() {}

  /** Takes what to do, one after the other, each with how often: {@code virtual:1000:10}. */
  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      String[] parts = argument.split(":");
      int times = Integer.parseInt(parts[1]);
      switch (parts[0]) {
        case "platform" -> threads(times, 1, false);
        case "virtual" -> threads(times, Integer.parseInt(parts[2]), true);
        case "overflow" -> overflow(times);
        case "full-heap" -> fullHeap(times);
        case "busy" -> busy(times);
        default -> throw new IllegalArgumentException(argument);
      }
    }
  }

  /** Each thread runs some queries and ends. */
  private static void threads(int times, int queries, boolean virtual) throws Exception {
    Connection[] connections = new Connection[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      connections[i] = open();
    }
    Semaphore free = new Semaphore(AT_ONCE);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      places.add(i);
    }
    for (int i = 1; i <= times; i++) {
      free.acquire();
      int place;
      synchronized (places) {
        place = places.remove(places.size() - 1);
      }
      Runnable work =
          () -> {
            try {
              for (int k = 0; k < queries; k++) {
                query(connections[place], "select a from t");
              }
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            } finally {
              synchronized (places) {
                places.add(place);
              }
              free.release();
            }
          };
      if (virtual) {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
      } else {
        new Thread(work).start();
      }
      if (i % (times / STEPS) == 0) {
        free.acquire(AT_ONCE);
        say();
        free.release(AT_ONCE);
      }
    }
    free.acquire(AT_ONCE);
    idle();
  }

  private static void busy(int seconds) throws Exception {
    List<Thread> threads = new ArrayList<>();
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    for (int i = 0; i < 4; i++) {
      Connection connection = open();
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() < until) {
                    query(connection, "select a from t");
                  }
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (int i = 0; i < STEPS; i++) {
      Thread.sleep(seconds * 1000L / (STEPS + 1));
      say();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    idle();
  }

  private static void say() throws Exception {
    // Until what was counted is written.
    Thread.sleep(1300);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.println("live " + (runtime.totalMemory() - runtime.freeMemory()) + " rss " + rss());
  }

  private static void idle() throws Exception {
    int seconds = Integer.getInteger("idle", 0);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Thread.sleep(seconds * 1000L);
    System.out.println("idle " + (system.getProcessCpuTime() - before) / 1_000_000 + " ms");
  }

  private static String rss() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return line.replaceAll("\\D", "") + " KB";
      }
    }
    return "unknown";
  }

  /** Queries at all depths of a stack that is full, as often as said; then 1000 ordinary ones. */
  private static void overflow(int times) throws SQLException {
    Connection connection = open();
    PreparedStatement deep = connection.prepareStatement("select a as deep from t");
    // The driver's lambdas are linked here: a linkage that lacks stack fails for ever.
    deep.executeQuery().close();
    for (int i = 0; i < times; i++) {
      try {
        atDepth = 0;
        fall(deep);
      } catch (StackOverflowError e) {
        overflows++;
      }
    }
    for (int i = 0; i < 1000; i++) {
      query(connection, "select a as after_overflow from t");
    }
    System.out.println("overflows " + overflows);
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static void fall(PreparedStatement deep) throws SQLException {
    try {
      fall(deep);
    } catch (StackOverflowError e) {
      overflows++;
    }
    if (atDepth++ < 400) {
      try (ResultSet result = deep.executeQuery()) {
        result.next();
      } catch (StackOverflowError e) {
        overflows++;
      }
    }
  }

  /** Fills the heap as often as said, and stays there for some of our periods; then queries. */
  private static void fullHeap(int times) throws Exception {
    Connection connection = open();
    int errors = 0;
    for (int i = 0; i < times; i++) {
      try {
        fill();
      } catch (OutOfMemoryError e) {
        errors++;
      }
    }
    for (int i = 0; i < 1000; i++) {
      query(connection, "select a as after_full_heap from t");
    }
    Thread.sleep(1800);
    System.out.println("errors " + errors + " now " + System.currentTimeMillis());
  }

  private static void fill() throws InterruptedException {
    List<byte[]> all = new ArrayList<>();
    for (int size = 1 << 16; size > 16; size /= 16) {
      try {
        while (true) {
          all.add(new byte[size]);
        }
      } catch (OutOfMemoryError e) {
        continue;
      }
    }
    Thread.sleep(150);
    throw new OutOfMemoryError(all.size() + " arrays");
  }

  private static Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement create = connection.createStatement()) {
      create.execute("create table t(a)");
    }
    return connection;
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        throw new IllegalStateException("a row");
      }
    }
  }
}
