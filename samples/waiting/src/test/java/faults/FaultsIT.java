// SPDX-License-Identifier: Apache-2.0
package faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each fault gets its finding, and what is done right gets none of them. */
class FaultsIT {
  /** Long enough for what must have stood idle. */
  private static final String IDLE_SECONDS = "35";

  @TempDir static Path folder;

  private static List<String> faulty;
  private static List<String> fixed;

  @BeforeAll
  static void run() throws Exception {
    Process wrong = start("faulty");
    Process right = start("fixed", "-XX:TrimNativeHeapInterval=1000");
    faulty = findings("faulty", wrong);
    fixed = findings("fixed", right);
  }

  @TestFactory
  List<DynamicTest> a_fault_is_found() {
    return Faults.ALL.stream()
        .map(Fault::finding)
        .map(id -> DynamicTest.dynamicTest(id, () -> assertThat(faulty).contains(id)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> what_is_right_is_not_blamed() {
    return Faults.ALL.stream()
        .map(Fault::finding)
        .map(id -> DynamicTest.dynamicTest(id, () -> assertThat(fixed).doesNotContain(id)))
        .toList();
  }

  @Test
  void nothing_is_blamed_that_no_fault_stands_for() {
    assertThat(fixed).filteredOn(id -> id.startsWith("sqlite.")).isEmpty();
  }

  private static Process start(String how, String... options) throws IOException {
    Path home = Files.createDirectories(folder.resolve(how));
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
    command.addAll(List.of(options));
    command.add(
        "-javaagent:" + System.getProperty("memreport.agent.jar") + "=out=" + home.resolve("runs"));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "faults.Faults"));
    command.addAll(List.of(home.resolve("databases").toString(), how, IDLE_SECONDS));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("SQLITE_TMPDIR", how.equals("faulty") ? "/dev/shm" : home.resolve("tmp").toString());
    return builder.redirectErrorStream(true).redirectOutput(console(how)).start();
  }

  private static File console(String how) {
    return folder.resolve(how).resolve("console.txt").toFile();
  }

  private static List<String> findings(String how, Process process) throws Exception {
    int status = process.waitFor();
    assertThat(status).as(Files.readString(console(how).toPath())).isZero();
    File report =
        Command.analyze(folder.resolve(how).resolve("runs"), folder.resolve(how).resolve("report"));
    List<String> ids = new ArrayList<>();
    JsonNode json = new ObjectMapper().readTree(report);
    json.get("findings").forEach(finding -> ids.add(finding.get("id").asText()));
    return ids;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }
}
