// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    description = {
      "Runs a sample suite with four hidden faults under the agent, and explains it;",
      "then, where this machine can, a suite that starts PostgreSQL servers."
    })
final class Demo implements Callable<Integer> {
  private static final String SERVERS =
      "samples/embedded-postgres/target/embedded-postgres-sample.jar";

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
        Problem.say(err, needed + " is missing; run ./memreport demo in a checkout");
        return ExitStatus.UNREADABLE_INPUT;
      }
    }
    try (ScratchFolder scratch = ScratchFolder.create()) {
      int status = orders(out, err, agent, sample, scratch);
      return status == ExitStatus.DONE ? servers(out, err, agent, home, scratch) : status;
    }
  }

  private int orders(
      PrintWriter out, PrintWriter err, Path agent, Path sample, ScratchFolder scratch)
      throws IOException, InterruptedException {
    Path recordings = scratch.folder("orders");
    out.println("Running a JUnit suite of an order service over SQLite, watched by the agent …");
    out.flush();
    int status = run(List.of(), List.of("leaks=gc"), agent, sample, recordings, scratch);
    if (status != 0) {
      Problem.say(err, "the sample suite ended with status " + status);
      return ExitStatus.OUR_ERROR;
    }
    out.println();
    String[] analyze = {"analyze", recordings.toString(), "-o", output.toString()};
    String[] opened = {"analyze", recordings.toString(), "-o", output.toString(), "--open"};
    return Main.run(out, err, open ? opened : analyze);
  }

  /** The second stop: in a namespace of its own, so that nothing of it stays. */
  private int servers(
      PrintWriter out, PrintWriter err, Path agent, Path home, ScratchFolder scratch)
      throws IOException, InterruptedException {
    Path sample = home.resolve(SERVERS);
    OwnNamespace namespace = OwnNamespace.find();
    out.println();
    if (namespace == null || !Files.exists(sample)) {
      out.println(
          "Not shown: tests that leave PostgreSQL servers and shared memory behind. That takes Linux,"
              + " and the right to make an IPC namespace (unshare --ipc).");
      return ExitStatus.DONE;
    }
    Path recordings = scratch.folder("servers");
    out.println("Running three tests that each start a PostgreSQL server …");
    out.flush();
    int status = run(namespace.prefix(), List.of(), agent, sample, recordings, scratch);
    if (status != 0) {
      Problem.say(err, "the suite with servers ended with status " + status);
      return ExitStatus.OUR_ERROR;
    }
    out.println();
    String report = output.resolve("postgres").toString();
    return Main.run(out, err, "analyze", recordings.toString(), "-o", report);
  }

  private static int run(
      List<String> prefix,
      List<String> options,
      Path agent,
      Path sample,
      Path recordings,
      ScratchFolder scratch)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    List<String> all = new ArrayList<>(List.of("out=" + recordings));
    all.addAll(options);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-javaagent:" + agent.toAbsolutePath() + "=" + String.join(",", all),
            "-Djava.io.tmpdir=" + scratch.folder("tmp"),
            "-jar",
            sample.toAbsolutePath().toString()));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
