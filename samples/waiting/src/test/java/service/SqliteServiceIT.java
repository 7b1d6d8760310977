// SPDX-License-Identifier: Apache-2.0
package service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incident and what came of it, at a tenth of its default size. */
class SqliteServiceIT {
  private static final String ROWS = "200000";
  private static final long MIB = 1 << 20;

  private static final int ENDED_BY_SIGTERM = 143;

  private static final String IDLE_SECONDS = "30";

  @TempDir static Path folder;

  private static Service incident;
  private static Service fixed;

  @BeforeAll
  static void run() throws Exception {
    FutureTask<Service> right =
        new FutureTask<>(() -> Service.run("fixed", "-XX:TrimNativeHeapInterval=1000"));
    new Thread(right, "fixed").start();
    incident = Service.run("incident");
    fixed = right.get();
  }

  @Test
  void the_verdict_names_the_query_and_the_setting() {
    JsonNode verdict = incident.report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("leak");
    assertThat(verdict.get("cause").asText()).isEqualTo("sqlite-page-cache");
    assertThat(verdict.get("headline").asText()).contains("page cache");
    assertThat(verdict.get("evidence").toString())
        .contains("orders_by_status", "page cache", "1000000000 pages");
    JsonNode culprit = verdict.get("culprits").get(0);
    assertThat(culprit.get("type").asText()).isEqualTo("query");
    assertThat(culprit.get("bytes").asLong()).isGreaterThan(80 * MIB);
  }

  @Test
  void what_connections_hold_sums_to_what_sqlite_holds() {
    long held = 0;
    for (JsonNode connection : incident.report.get("connections")) {
      if (connection.get("closedAt").isNull()) {
        held += connection.get("sqlite").get("heldBytes").asLong();
      }
    }
    long sqlite = incident.report.get("runs").get(0).get("memoryAtEnd").get("sqliteBytes").asLong();
    assertThat(held).isCloseTo(sqlite, Percentage.withPercentage(2));
  }

  @Test
  void the_settings_of_the_incident_are_found() {
    assertThat(incident.findings())
        .contains(
            "sqlite.cache-size-unbounded", "sqlite.page-cache-retained", "sqlite.sort-in-memory");
    JsonNode pool = incident.report.get("pools").get(0);
    assertThat(pool.get("maxSize").asInt()).isEqualTo(4);
    assertThat(pool.get("minIdle").asInt()).isEqualTo(4);
  }

  @Test
  void memory_stays_with_the_incident_and_comes_back_when_fixed() {
    assertThat(incident.resident("idle"))
        .isGreaterThan(incident.resident("after normal load") + 80);
    assertThat(fixed.resident("idle")).isLessThan(fixed.resident("after normal load") + 40);
  }

  @Test
  void nothing_is_wrong_with_what_was_fixed() {
    assertThat(fixed.report.get("verdict").get("kind").asText()).isEqualTo("clean");
    assertThat(fixed.findings()).isEmpty();
  }

  /** A service that was driven and has ended, with its report. */
  private record Service(String driven, JsonNode report) {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");

    static Service run(String settings, String... options) throws Exception {
      Path home = Files.createDirectories(folder.resolve(settings));
      Path log = home.resolve("service.log");
      // A heap that is all there from the start: what grows after that is none of it.
      List<String> command =
          new ArrayList<>(List.of(java(), "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"));
      command.addAll(List.of(options));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("service.OrderService", "--settings", settings, "--rows", ROWS));
      command.addAll(List.of("--db", home.resolve("orders.db").toString()));
      Process service =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        String port = port(service, log);
        Path report = home.resolve("report");
        Path console = home.resolve("attach.log");
        Process attach =
            start(
                console,
                java(),
                "-Dmemreport.home=" + Path.of("../..").toAbsolutePath(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("memreport.cli.jar"),
                "attach",
                Long.toString(service.pid()),
                "--duration",
                "10m",
                "-o",
                report.toString());
        // What runs when the agent comes is not seen as an execution.
        await(attach, console, "Recording process");
        Path driven = home.resolve("drive.log");
        Process drive =
            start(
                driven,
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                "service.Drive",
                port,
                Long.toString(service.pid()),
                IDLE_SECONDS);
        // The recording ends while the service stands idle.
        await(drive, driven, "idle for 10 s");
        attach.destroy();
        assertThat(attach.waitFor()).as(Files.readString(console)).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(drive.waitFor()).as(Files.readString(driven)).isZero();
        assertThat(service.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
        return new Service(
            Files.readString(driven),
            new ObjectMapper().readTree(report.resolve("report.json").toFile()));
      } finally {
        service.destroyForcibly();
      }
    }

    /** MiB at the last line that begins so. */
    long resident(String when) {
      Matcher line =
          Pattern.compile("(\\d+) MiB resident " + when + "( for \\d+ s)?\n").matcher(driven);
      long found = -1;
      while (line.find()) {
        found = Long.parseLong(line.group(1));
      }
      assertThat(found).as(driven).isPositive();
      return found;
    }

    List<String> findings() {
      List<String> ids = new ArrayList<>();
      report.get("findings").forEach(finding -> ids.add(finding.get("id").asText()));
      return ids;
    }

    private static String port(Process service, Path log) throws Exception {
      while (true) {
        Matcher listening = LISTENING.matcher(Files.readString(log));
        if (listening.find()) {
          return listening.group(1);
        }
        assertThat(service.isAlive()).as(Files.readString(log)).isTrue();
        Thread.sleep(100);
      }
    }

    private static void await(Process process, Path console, String text) throws Exception {
      while (!Files.readString(console).contains(text)) {
        assertThat(process.isAlive()).as(Files.readString(console)).isTrue();
        Thread.sleep(100);
      }
    }

    private static Process start(Path console, String... command) throws IOException {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(console.toFile())
          .start();
    }

    private static String java() {
      return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }
  }
}
