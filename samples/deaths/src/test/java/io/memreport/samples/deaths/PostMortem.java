// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command says of a death. */
final class PostMortem {
  private PostMortem() {}

  /** The report of the command, given the run folders and these logs. */
  static JsonNode of(DeadRun run, Path... logs) throws IOException, InterruptedException {
    Path report = Files.createTempDirectory(run.runs().resolveSibling("tmp"), "report");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-jar", System.getProperty("memreport.cli.jar"), "analyze"));
    command.addAll(List.of(run.runs().toString(), "--quiet", "-o", report.toString()));
    for (Path log : logs) {
      command.addAll(List.of("--kernel-log", log.toString()));
    }
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return new ObjectMapper().readTree(report.resolve("report.json").toFile());
  }
}
