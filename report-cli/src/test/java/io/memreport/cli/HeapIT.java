// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command on the dump that a JVM leaves when its heap is full. */
class HeapIT {
  @TempDir private static Path folder;
  private static Path dump;

  private record Ended(int status, String text) {}

  @BeforeAll
  static void fills() throws Exception {
    Ended ended =
        java(
            "-Xmx128m",
            "-XX:+HeapDumpOnOutOfMemoryError",
            "-javaagent:"
                + Path.of("../agent/target/memreport-agent.jar").toAbsolutePath().normalize()
                + "=out=runs,span="
                + FillsItsHeap.class.getName()
                + "#job",
            "-cp",
            Path.of("target/test-classes").toAbsolutePath().toString(),
            FillsItsHeap.class.getName());
    assertThat(ended.text).contains("full");
    try (Stream<Path> files = Files.list(folder)) {
      dump = files.filter(file -> file.toString().endsWith(".hprof")).findFirst().orElseThrow();
    }
  }

  @Test
  void names_the_field_its_bytes_and_with_the_run_the_line() throws Exception {
    Ended ended = memreport("heap", dump.toString(), "--run", "runs", "-o", "report");
    assertThat(ended.status).as(ended.text).isZero();
    assertThat(ended.text)
        .startsWith("static field io.memreport.cli.FillsItsHeap.REMEMBERED holds ")
        .contains("heap.html");
    JsonNode json = json("report");
    JsonNode first = json.get("suspects").get(0);
    assertThat(first.get("chain").get("root").textValue()).isEqualTo("static-field");
    assertThat(first.get("bytes").longValue())
        .isBetween(FillsItsHeap.BYTES, FillsItsHeap.BYTES * 102 / 100);
    assertThat(first.get("holds").get(0).get("className").textValue()).isEqualTo("byte[]");
    assertThat(json.get("notes")).as(ended.text).isEmpty();
    JsonNode source = first.get("sources").get(0);
    assertThat(source.get("line").textValue())
        .startsWith("io.memreport.cli.FillsItsHeap.job(FillsItsHeap.java:");
    assertThat(source.get("allTests").intValue()).as("jobs").isPositive();
    assertThat(source.get("atLeastBytes").longValue())
        .isBetween(FillsItsHeap.BYTES / 3, FillsItsHeap.BYTES * 102 / 100);
    assertThat(folder.resolve("report/heap.html")).content().contains("REMEMBERED");
  }

  @Test
  void analyze_says_how_to_read_a_dump_that_lies_beside_the_run() throws Exception {
    Ended ended = memreport("analyze", "runs", "-o", "analyzed");
    assertThat(ended.text).contains("memreport heap " + dump.toRealPath() + " --run runs");
  }

  @Test
  void a_dump_that_needs_more_memory_says_how_to_give_it() throws Exception {
    Ended ended = java("-Xmx16m", "-jar", jar(), "heap", dump.toString(), "-o", "none");
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text.lines())
        .singleElement()
        .asString()
        .contains(dump.toString())
        .contains("JAVA_TOOL_OPTIONS=-Xmx");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void half_a_dump_is_told_in_a_line() throws Exception {
    byte[] whole = Files.readAllBytes(dump);
    Path half = folder.resolve("half.dump");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    Ended ended = memreport("heap", half.toString(), "-o", "none");
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text.lines()).singleElement().asString().contains("without its end");
  }

  private static JsonNode json(String report) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(report).resolve("heap.json").toFile());
  }

  private static String jar() {
    return Path.of("target/memreport.jar").toAbsolutePath().toString();
  }

  private static Ended memreport(String... arguments) throws Exception {
    return java(
        Stream.concat(Stream.of("-jar", jar()), Stream.of(arguments)).toArray(String[]::new));
  }

  private static Ended java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process java =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(java.waitFor(), text);
  }
}
