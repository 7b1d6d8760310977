// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code memreport run}: real commands, real limits, real kills. What holds memory and is no JVM is
 * {@code tail}, which keeps the last bytes of a pipe.
 */
class RunIT {
  private static final String HOLD =
      "(head -c %1$dM /dev/zero; sleep %2$d) | tail -c %1$dM >/dev/null";

  @TempDir Path folder;

  /** What the command left on its streams, and how it ended. */
  private record Ended(int status, String out, String err) {}

  /** Further options of the command's own JVM. */
  private List<String> jvm = List.of();

  @Test
  void the_command_s_output_and_status_are_its_own() throws Exception {
    Ended ended = run(List.of(), "sh", "-c", "echo hi; " + HOLD.formatted(60, 3) + "; exit 3");
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.out).isEqualTo("hi\n");
    assertThat(ended.err.lines()).hasSizeLessThanOrEqualTo(6);
    assertThat(ended.err).contains("Nothing was killed for memory; tail (").contains("report.html");
    JsonNode report = report();
    assertThat(report.at("/runs/0/role").asText()).isEqualTo("supervisor");
    assertThat(process(report, "tail").get("peakAnonBytes").asLong()).isGreaterThan(55 << 20);
  }

  /** As on a system that shows no /proc: what OSHI tells is enough to see each process. */
  @Test
  void processes_are_seen_without_files_of_the_kernel() throws Exception {
    jvm = List.of("-Dmemreport.os=generic");
    Ended ended = run(List.of(), "sh", "-c", "echo hi; " + HOLD.formatted(60, 8) + "; exit 3");
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.out).isEqualTo("hi\n");
    assertThat(ended.err).contains("report.html");
    JsonNode report = report();
    assertThat(report.at("/runs/0/role").asText()).isEqualTo("supervisor");
    assertThat(report.at("/runs/0/memoryAtEnd/rssBytes").isNull()).isTrue();
    assertThat(process(report, "tail").get("peakAnonBytes").asLong()).isGreaterThan(55 << 20);
  }

  @Test
  void what_the_kernel_kills_at_the_limit_is_named_with_how_many_fit() throws Exception {
    // So slowly that it is seen before it is killed, however busy the machine is.
    String grow = "(for i in $(seq 400); do head -c 1M /dev/zero; sleep 0.01; done) | tail -c 400M";
    String workers = HOLD.formatted(40, 6) + " & " + grow + " >/dev/null";
    Ended ended = run(List.of("--limit", "200m"), "sh", "-c", workers + "; wait; exit 0");
    if (ended.err.contains("--limit needs a memory cgroup")) {
      throw Skip.because(ended.err.strip());
    }
    assertThat(ended.status).isZero();
    assertThat(ended.err).contains("memreport: The kernel killed tail (");
    JsonNode report = report();
    assertThat(report.at("/verdict/kind").asText()).isEqualTo("oom-kill");
    assertThat(report.at("/verdict/cause").asText()).isEqualTo("child-processes");
    assertThat(report.at("/runs/0/limitBytes").asLong()).isEqualTo(200 << 20);
    assertThat(report.at("/verdict/culprits").size()).isEqualTo(1);
    // Nothing is said of the supervisor's own JVM, which is not in that cgroup.
    assertThat(report.get("findings").findValuesAsText("id")).containsExactly("process.oom-killed");
  }

  @Test
  void each_jvm_below_is_recorded_but_for_the_jdk_s_tools() throws Exception {
    Path source = folder.resolve("Holder.java");
    Files.writeString(
        source,
        "class Holder { public static void main(String[] a) throws Exception {"
            + " byte[] held = new byte[64 << 20]; Thread.sleep(1500);"
            + " System.out.println(System.getProperty(\"mine\") + held.length); } }");
    String bin = Path.of(System.getProperty("java.home"), "bin").toString();
    Ended ended =
        run(
            List.of(),
            "sh",
            "-c",
            "JAVA_TOOL_OPTIONS=\"$JAVA_TOOL_OPTIONS -Dmine=kept\"; export JAVA_TOOL_OPTIONS;"
                + " \"$0\"/javac -d \"$1\" \"$1\"/Holder.java && \"$0\"/java -cp \"$1\" Holder",
            bin,
            folder.toString());
    assertThat(ended.out).isEqualTo("kept67108864\n");
    assertThat(ended.status).isZero();
    JsonNode report = report();
    assertThat(report.get("runs").findValuesAsText("role"))
        .containsExactlyInAnyOrder("supervisor", "other");
    assertThat(ended.err).contains("Nothing was killed for memory; the JVM ");
  }

  @Test
  void a_kill_fails_a_command_that_ended_well_only_if_that_is_asked_for() throws Exception {
    String victim = HOLD.formatted(400, 1) + "; exit 0";
    Ended ended = run(List.of("--limit", "150m", "--fail-on", "killed"), "sh", "-c", victim);
    if (ended.err.contains("--limit needs a memory cgroup")) {
      throw Skip.because(ended.err.strip());
    }
    assertThat(ended.status).isEqualTo(1);
    assertThat(run(List.of("--fail-on", "killed"), "true").status).isZero();
  }

  @Test
  void a_signal_is_the_command_s() throws Exception {
    Process process =
        start(List.of(), "sh", "-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done");
    try {
      assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(7);
      assertThat(folder.resolve("report/report.html")).exists();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_command_that_is_not_there_is_bad_usage() throws Exception {
    Ended ended = run(List.of(), "no-such-command", "--help");
    assertThat(ended.status).isEqualTo(2);
    assertThat(ended.err)
        .isEqualTo("memreport: no-such-command: can't be started: No such file or directory\n");
    assertThat(run(List.of()).status).isEqualTo(2);
  }

  @Test
  void a_command_that_somebody_killed_is_not_clean() throws Exception {
    assertThat(run(List.of("--fail-on", "killed"), "sh", "-c", "kill -9 $$").status).isEqualTo(137);
    assertThat(report().at("/verdict/kind").asText()).isEqualTo("killed");
    assertThat(report().at("/verdict/headline").asText())
        .startsWith("The command ended with status 137, as after a SIGKILL; ");
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
  }

  private static JsonNode process(JsonNode report, String program) {
    for (JsonNode process : report.get("processes")) {
      if (process.get("command").asText().startsWith(program)) {
        return process;
      }
    }
    throw new AssertionError("no " + program + " in " + report.get("processes"));
  }

  private Ended run(List<String> options, String... command)
      throws IOException, InterruptedException {
    Process process = start(options, command);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return new Ended(status, out, Files.readString(folder.resolve("stderr")));
  }

  private Process start(List<String> options, String... command) throws IOException {
    Path jar = Path.of(System.getProperty("memreport.cli.jar")).toRealPath();
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmemreport.home=" + jar.getParent().getParent().getParent()));
    all.addAll(jvm);
    all.addAll(List.of("-jar", jar.toString(), "run", "-o", folder.resolve("report").toString()));
    all.addAll(options);
    all.add("--");
    all.addAll(List.of(command));
    return new ProcessBuilder(all).redirectError(folder.resolve("stderr").toFile()).start();
  }
}
