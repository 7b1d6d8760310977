// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memreport demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs a sample suite with four hidden faults under the agent, and explains it.")
final class Demo implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "memreport-report",
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--open", description = "Show the report in a browser.")
  private boolean open;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path home = Path.of(System.getProperty("memreport.home", "."));
    Path agent = home.resolve("agent/target/memreport-agent.jar");
    Path sample = home.resolve("samples/junit-sqlite/target/junit-sqlite-sample.jar");
    for (Path needed : List.of(agent, sample)) {
      if (!Files.exists(needed)) {
        err.println("memreport: " + needed + " is missing; run ./memreport demo in a checkout");
        return ExitStatus.UNREADABLE_INPUT;
      }
    }
    Path recordings = Files.createTempDirectory("memreport-demo");
    out.println("Running a JUnit suite of an order service over SQLite, watched by the agent …");
    Process suite =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent + "=out=" + recordings + ",leaks=gc",
                "-jar",
                sample.toString())
            .inheritIO()
            .start();
    int status = suite.waitFor();
    if (status != 0) {
      err.println("memreport: the sample suite ended with status " + status);
      return ExitStatus.OUR_ERROR;
    }
    out.println();
    String[] analyze = {"analyze", recordings.toString(), "-o", output.toString()};
    String[] opened = {"analyze", recordings.toString(), "-o", output.toString(), "--open"};
    int analyzed = Main.run(out, err, open ? opened : analyze);
    out.println("Recording: " + recordings);
    return analyzed;
  }
}
