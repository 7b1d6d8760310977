// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a recording costs a JVM that it was attached to: queries of four connections at full speed,
 * during the recording against before and after it, and the longest time that the JVM stood still.
 * Once with point selects, the shortest queries that there are, once with pages of twenty rows, and
 * once as a service does it, with updates that reach the disk. One query in twenty is an update.
 * The ratio is the median of several rounds.
 */
public final class AttachCost {
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 4;
  private static final int ROWS = 100_000;
  private static final long MEASURED_MILLIS = 6000;
  private static final long SETTLED_MILLIS = 3000;

  private AttachCost() {}

  /**
   * @param arguments {@code work} and a load for what is measured; otherwise options of the agent,
   *     or nothing
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) {
      work(Load.valueOf(arguments[1]));
      return;
    }
    String options = arguments.length == 0 ? "" : "," + arguments[0];
    for (Load load : Load.values()) {
      measure(load, options);
    }
  }

  /** What each connection does, over and over. */
  private enum Load {
    POINT_SELECTS("select a from t where id = ?", "off"),
    PAGES("select a from t where id >= ? order by id limit 20", "off"),
    DURABLE("select a from t where id >= ? order by id limit 20", "full");

    private final String read;
    private final String synchronous;

    Load(String read, String synchronous) {
      this.read = read;
      this.synchronous = synchronous;
    }
  }

  private static void measure(Load load, String options) throws Exception {
    Path folder = Files.createTempDirectory("memreport-attach");
    Path safepoints = folder.resolve("safepoints.log");
    Process watched =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-Xlog:safepoint:file=" + safepoints,
                "-cp",
                System.getProperty("java.class.path"),
                AttachCost.class.getName(),
                "work",
                load.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    double[] ratios = new double[ROUNDS];
    try (BufferedReader counts = watched.inputReader(StandardCharsets.UTF_8)) {
      counts.readLine();
      for (int round = 0; round < ROUNDS; round++) {
        double before = rate(watched, counts);
        load(watched, "out=" + folder + options);
        Thread.sleep(SETTLED_MILLIS);
        double during = rate(watched, counts);
        load(watched, "stop");
        Thread.sleep(SETTLED_MILLIS);
        double after = rate(watched, counts);
        ratios[round] = 2 * during / (before + after);
        System.out.printf(
            "before %.0f, during %.0f, after %.0f queries/s: %.3f%n",
            before, during, after, ratios[round]);
      }
    } finally {
      watched.destroyForcibly();
    }
    Arrays.sort(ratios);
    System.out.printf(
        "%s: throughput while recording %.3f of that without%n", load, ratios[ROUNDS / 2]);
    System.out.printf("longest safepoint: %.1f ms%n", longest(safepoints));
  }

  private static double rate(Process watched, BufferedReader counts)
      throws IOException, InterruptedException {
    long from = count(watched, counts);
    long start = System.nanoTime();
    Thread.sleep(MEASURED_MILLIS);
    long to = count(watched, counts);
    return (to - from) / ((System.nanoTime() - start) / 1e9);
  }

  private static long count(Process watched, BufferedReader counts) throws IOException {
    watched.getOutputStream().write('\n');
    watched.getOutputStream().flush();
    return Long.parseLong(counts.readLine());
  }

  private static void load(Process watched, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(watched.pid()));
    machine.loadAgent(
        Path.of("agent/target/memreport-agent.jar").toAbsolutePath().toString(), options);
    machine.detach();
  }

  private static double longest(Path log) throws IOException {
    double longest = 0;
    for (String line : Files.readAllLines(log)) {
      int total = line.indexOf("Total:");
      if (total > 0) {
        String nanos = line.substring(total + "Total:".length()).strip().split(" ", 2)[0];
        longest = Math.max(longest, Long.parseLong(nanos) / 1e6);
      }
    }
    return longest;
  }

  private static void work(Load load) throws Exception {
    Path file = Files.createTempFile("attach", ".db");
    file.toFile().deleteOnExit();
    String url =
        "jdbc:sqlite:"
            + file
            + "?journal_mode=wal&busy_timeout=60000&synchronous="
            + load.synchronous;
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().executeUpdate("create table t(id integer primary key, a text)");
      connection
          .createStatement()
          .executeUpdate(
              "insert into t(a) with recursive n(i) as (select 1 union all select i + 1 from n where i < "
                  + ROWS
                  + ") select 'customer ' || i from n");
    }
    LongAdder queries = new LongAdder();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(() -> query(load, url, queries));
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      System.out.println(queries.sum());
    }
  }

  private static void query(Load load, String url, LongAdder queries) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement read = connection.prepareStatement(load.read);
        PreparedStatement write = connection.prepareStatement("update t set a = a where id = ?")) {
      for (int i = 1; ; i = i % ROWS + 1) {
        PreparedStatement statement = i % 20 == 0 ? write : read;
        statement.setInt(1, i);
        if (statement == write) {
          write.executeUpdate();
        } else {
          try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
              row.getString(1);
            }
          }
        }
        queries.increment();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
