// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs each program with and without each watcher, one JVM after another in an order that turns
 * around each time, and prints the median of the ratios as a table in Markdown. OpenTelemetry's
 * agent takes part if {@code ./mvnw -Ppeers -pl benchmarks package} has fetched it.
 */
public final class SideBySide {
  private static final String BARE = "bare";
  private static final String START = "start";
  private static final Path TELEMETRY = Path.of("benchmarks/target/opentelemetry-javaagent.jar");

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

  /** Runs what is named, else everything; call it from the root of the checkout. */
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(Stream.of(Work.values()).map(SideBySide::name).toList());
    names.add(START);
    if (!names.containsAll(List.of(arguments))) {
      System.err.println("benchmarks: there are " + String.join(", ", names));
      System.exit(2);
    }
    if (arguments.length > 0) {
      names.retainAll(List.of(arguments));
    }
    System.out.printf(
        "JDK %s, %d cores, %s, %d forks each%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        Forks.COUNT);
    System.out.println("| work | watched by | bare | watched | ratio |");
    System.out.println("| --- | --- | ---: | ---: | ---: |");
    Path out = Files.createTempDirectory("memreport-benchmark");
    try {
      SideBySide all = new SideBySide(out);
      for (Work work : Work.values()) {
        if (names.contains(name(work))) {
          all.compare(work);
        }
      }
      if (names.contains(START)) {
        all.compareStart();
      }
    } finally {
      delete(out);
    }
  }

  private static String name(Work work) {
    return work.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void compare(Work work) throws Exception {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(BARE, workload(List.of(), work, "none"));
    variants.put("memreport", workload(List.of(agent), work, "none"));
    if (work.jdbc) {
      variants.put("datasource-proxy", workload(List.of(), work, "datasource-proxy"));
      variants.put(
          "p6spy",
          workload(
              List.of(
                  "-Dp6spy.config.autoflush=false",
                  "-Dp6spy.config.append=false",
                  "-Dp6spy.config.logfile=" + out.resolve("spy.log")),
              work,
              "p6spy"));
    }
    if (Files.exists(TELEMETRY)) {
      variants.put("OpenTelemetry", workload(telemetry(), work, "none"));
    }
    print(
        name(work).replace('-', ' '),
        "%.0f ns",
        Forks.measure(variants, output -> Double.parseDouble(output.strip())));
  }

  private void compareStart() throws Exception {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    variants.put(BARE, Forks.command(List.of(), Idle.class));
    variants.put(
        "JFR alone",
        Forks.command(List.of("-XX:StartFlightRecording", "-Xlog:jfr*=off"), Idle.class));
    variants.put("memreport", Forks.command(List.of(agent), Idle.class));
    if (Files.exists(TELEMETRY)) {
      variants.put("OpenTelemetry", Forks.command(telemetry(), Idle.class));
    }
    print("start of an idle JVM", "%.0f ms", Forks.measure(variants, null));
  }

  /** Spans are made but sent nowhere: a collector would be another program's cost. */
  private static List<String> telemetry() {
    return List.of(
        "-javaagent:" + TELEMETRY.toAbsolutePath(),
        "-Dotel.traces.exporter=none",
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none");
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
    List<String> command = Forks.command(options, Workload.class);
    command.add(work.name());
    command.add(wrapper);
    return command;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
