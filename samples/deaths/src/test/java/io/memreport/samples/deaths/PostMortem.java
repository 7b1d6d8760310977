// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the command says of a death. */
final class PostMortem {
  private PostMortem() {}

  /** The report of the command, given the run folders and these logs. */
  static JsonNode of(DeadRun run, Path... logs) throws IOException, ReflectiveOperationException {
    Path report = Files.createTempDirectory(run.runs().resolveSibling("tmp"), "report");
    String[] options =
        Stream.of(logs)
            .flatMap(log -> Stream.of("--kernel-log", log.toString()))
            .toArray(String[]::new);
    return new ObjectMapper().readTree(Command.analyze(run.runs(), report, options));
  }
}
