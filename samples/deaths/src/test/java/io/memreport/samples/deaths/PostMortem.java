// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command says of a death. The command's jar runs in this JVM, in a class loader of its
 * own: a JVM for each of some fifty reports would take longer than all deaths.
 */
final class PostMortem {
  private static final Method COMMAND = command();

  private PostMortem() {}

  private static Method command() {
    try {
      URL jar = Path.of(System.getProperty("memreport.cli.jar")).toUri().toURL();
      ClassLoader loader =
          new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
      return Class.forName("io.memreport.cli.Main", true, loader)
          .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("the command's jar is missing", e);
    }
  }

  /** The report of the command, given the run folders and these logs. */
  static JsonNode of(DeadRun run, Path... logs) throws IOException, ReflectiveOperationException {
    Path report = Files.createTempDirectory(run.runs().resolveSibling("tmp"), "report");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("analyze", run.runs().toString(), "--quiet", "-o", report.toString()));
    for (Path log : logs) {
      arguments.addAll(List.of("--kernel-log", log.toString()));
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Object status = COMMAND.invoke(null, out, out, arguments.toArray(String[]::new));
    assertThat(status).as(said.toString()).isEqualTo(0);
    return new ObjectMapper().readTree(report.resolve("report.json").toFile());
  }
}
