// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs each program with and without each watcher, one JVM after another in an order that turns
 * around each time, and prints the median of the ratios as a table in Markdown.
 */
public final class SideBySide {
  private static final int FORKS = 6;
  private static final String BARE = "bare";

  private final Path out;
  private final String agent;

  private SideBySide(Path out) {
    this.out = out;
    agent =
        "-javaagent:"
            + Path.of("agent/target/memreport-agent.jar").toAbsolutePath()
            + "=out="
            + out;
  }

  /** Runs everything; call it from the root of the checkout. */
  public static void main(String[] arguments) throws Exception {
    SideBySide all = new SideBySide(Files.createTempDirectory("memreport-benchmark"));
    System.out.printf(
        "JDK %s, %d cores, %s, %d forks each%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        FORKS);
    System.out.println("| work | watched by | bare | watched | ratio |");
    System.out.println("| --- | --- | ---: | ---: | ---: |");
    for (Work work : Work.values()) {
      all.compare(work);
    }
    all.compareStart();
  }

  private void compare(Work work) throws Exception {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(BARE, workload(List.of(), work, "none"));
    variants.put("memreport", workload(List.of(agent), work, "none"));
    variants.put("datasource-proxy", workload(List.of(), work, "datasource-proxy"));
    variants.put(
        "p6spy",
        workload(
            List.of(
                "-Dp6spy.config.autoflush=false",
                "-Dp6spy.config.logfile=" + out.resolve("spy.log")),
            work,
            "p6spy"));
    String name = work.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    print(name, "%.0f ns", measure(variants, output -> Double.parseDouble(output.strip())));
  }

  private void compareStart() throws Exception {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(BARE, command(List.of(), Idle.class));
    variants.put(
        "JFR alone", command(List.of("-XX:StartFlightRecording", "-Xlog:jfr*=off"), Idle.class));
    variants.put("memreport", command(List.of(agent), Idle.class));
    print("start of an idle JVM", "%.0f ms", measure(variants, null));
  }

  private interface Reading {
    double of(String output);
  }

  /** By variant, a reading a fork; without a reading, the milliseconds that the process took. */
  private static Map<String, List<Double>> measure(
      Map<String, List<String>> variants, Reading reading)
      throws IOException, InterruptedException {
    Map<String, List<Double>> readings = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(variants.keySet());
    order.forEach(name -> readings.put(name, new ArrayList<>()));
    for (int fork = 0; fork < FORKS; fork++) {
      for (String name : order) {
        long start = System.nanoTime();
        String output = run(variants.get(name));
        double millis = (System.nanoTime() - start) / 1e6;
        readings.get(name).add(reading == null ? millis : reading.of(output));
      }
      Collections.reverse(order);
    }
    return readings;
  }

  private static void print(String work, String format, Map<String, List<Double>> readings) {
    List<Double> bare = readings.get(BARE);
    readings.forEach(
        (name, watched) -> {
          if (!name.equals(BARE)) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < watched.size(); i++) {
              ratios.add(watched.get(i) / bare.get(i));
            }
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | " + format + " | " + format + " | %.2f |%n",
                work,
                name,
                median(bare),
                median(watched),
                median(ratios));
          }
        });
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static List<String> workload(List<String> options, Work work, String wrapper) {
    List<String> command = command(options, Workload.class);
    command.add(work.name());
    command.add(wrapper);
    return command;
  }

  private static List<String> command(List<String> options, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    return command;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("status " + process.exitValue() + " of " + command);
    }
    return output;
  }
}
