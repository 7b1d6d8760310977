// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.sqlite.Function;

/** Many short tests with queries on several threads, until it is killed. */
public final class BusyProgram {
  static final int LANES = 3;
  static final int TEXTS = 16;

  /** Offsets behind the lanes: the time, and how late a thread that samples was at worst. */
  static final int NOW = LANES * 64;

  static final int LATEST_MILLIS = NOW + 8;

  /** When that thread was last done. */
  static final int PROBED = NOW + 16;

  private static final int QUERIES_PER_TEST = 5;
  private static final long PERIOD_MILLIS = 50;

  private static MappedByteBuffer marks;

  private BusyProgram() {}

  /** Takes the file of the lanes; prints a line once all of them are busy. */
  public static void main(String[] arguments) throws Exception {
    marks = Lane.open(Path.of(arguments[0]), LANES);
    List<Class<?>> suites = List.of(Suite0.class, Suite1.class, Suite2.class);
    start("late", BusyProgram::measureLateness);
    for (int lane = 0; lane < LANES; lane++) {
      Class<?> suite = suites.get(lane);
      start("busy-" + lane, () -> run(suite));
    }
    for (int lane = 0; lane < LANES; lane++) {
      while (Lane.of(marks, lane).number(Lane.TEST) < 2) {
        Thread.sleep(1);
      }
    }
    System.out.println("ready");
    while (true) {
      marks.putLong(NOW, System.currentTimeMillis());
      Thread.sleep(1);
    }
  }

  private static void start(String name, Runnable work) {
    new Thread(work, name).start();
  }

  private static void run(Class<?> suite) {
    LauncherFactory.create()
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build());
  }

  private static void measureLateness() {
    try {
      long latest = 0;
      while (true) {
        long before = System.nanoTime();
        Thread.sleep(PERIOD_MILLIS);
        Files.readAllBytes(Path.of("/proc/self/smaps"));
        long late = (System.nanoTime() - before) / 1_000_000 - PERIOD_MILLIS;
        latest = Math.max(latest, late);
        marks.putLong(LATEST_MILLIS, latest);
        marks.putLong(PROBED, System.currentTimeMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a test of each lane does. */
  private abstract static class Suite {
    private final Lane lane;
    private Connection connection;

    Suite(int number) {
      lane = Lane.of(marks, number);
    }

    void test(int repetition) throws SQLException {
      lane.begin(Lane.TEST, repetition);
      try (Connection opened = DriverManager.getConnection("jdbc:sqlite::memory:")) {
        connection = opened;
        mark("query_begins", true);
        mark("query_ends", false);
        for (int i = 0; i < QUERIES_PER_TEST; i++) {
          query(lane.number(Lane.QUERY) + 1);
        }
      }
      lane.end(Lane.TEST, repetition);
    }

    /** SQLite itself calls these, from within the query. */
    private void mark(String name, boolean begins) throws SQLException {
      Function.create(
          connection,
          name,
          new Function() {
            @Override
            protected void xFunc() throws SQLException {
              long number = value_long(0);
              if (begins) {
                lane.begin(Lane.QUERY, number);
              } else {
                lane.end(Lane.QUERY, number);
              }
              result(number);
            }
          });
    }

    private void query(long number) throws SQLException {
      String sql =
          "select query_begins("
              + (number % 3 == 0 ? "?" : number)
              + "), (with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)"
              + " select sum(i) from n), query_ends("
              + number
              + ") as q"
              + number % TEXTS;
      if (number % 3 == 0) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setLong(1, number);
          read(statement.executeQuery());
        }
      } else {
        try (Statement statement = connection.createStatement()) {
          read(statement.executeQuery(sql));
        }
      }
    }

    private static void read(ResultSet result) throws SQLException {
      while (result.next()) {
        result.getLong(2);
      }
    }
  }

  /** Of the first lane. */
  static class Suite0 extends Suite {
    Suite0() {
      super(0);
    }

    @RepeatedTest(1_000_000)
    void repeated(RepetitionInfo info) throws SQLException {
      test(info.getCurrentRepetition());
    }
  }

  /** Of the second lane. */
  static class Suite1 extends Suite {
    Suite1() {
      super(1);
    }

    @RepeatedTest(1_000_000)
    void repeated(RepetitionInfo info) throws SQLException {
      test(info.getCurrentRepetition());
    }
  }

  /** Of the third lane. */
  static class Suite2 extends Suite {
    Suite2() {
      super(2);
    }

    @RepeatedTest(1_000_000)
    void repeated(RepetitionInfo info) throws SQLException {
      test(info.getCurrentRepetition());
    }
  }
}
