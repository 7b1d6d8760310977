// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.Browser;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.report.JsonReport;
import io.memreport.report.TerminalText;
import io.memreport.report.html.IndexPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Three incidents in a minute, each explained: a test suite with four hidden faults; tests",
      "that leave PostgreSQL servers behind; and a JVM that is killed for its memory."
    })
final class Demo implements Callable<Integer> {
  private static final String SERVERS =
      "samples/embedded-postgres/target/embedded-postgres-sample.jar";

  private static final String POSTGRES = "postgres";
  private static final String KILLED = "killed";
  private static final String LIMIT = "320m";

  @Spec private CommandSpec spec;

  /** Folders below the output with what their reports answer, of the stops that could be shown. */
  private final Map<String, String> shown = new LinkedHashMap<>();

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
    int status;
    try (ScratchFolder scratch = ScratchFolder.create()) {
      status = orders(out, err, agent, sample, scratch);
      status = status == ExitStatus.DONE ? servers(out, err, agent, home, scratch) : status;
      status = status == ExitStatus.DONE ? killed(out, err, sample, scratch) : status;
    }
    return status == ExitStatus.DONE ? index(out, err) : status;
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
    shown.put("", "Which tests leave memory behind?");
    return Main.run(out, err, "analyze", recordings.toString(), "-o", output.toString());
  }

  /** In a namespace of its own, so that nothing of it stays. */
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
    shown.put(POSTGRES, "Who left servers and shared memory on this machine?");
    String report = output.resolve(POSTGRES).toString();
    return Main.run(out, err, "analyze", recordings.toString(), "-o", report);
  }

  /** In a cgroup where this machine allows one; else the JVM meets its own limit. */
  private int killed(PrintWriter out, PrintWriter err, Path sample, ScratchFolder scratch)
      throws IOException {
    String report = output.resolve(KILLED).toString();
    // One of an earlier demo is none of this.
    Files.deleteIfExists(output.resolve(KILLED).resolve("report.json"));
    List<String> run = new ArrayList<>(List.of("run", "-o", report, "--limit", LIMIT, "--"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch.folder("archive"),
                "-Xmx64m",
                "-jar",
                sample.toAbsolutePath().toString()));
    run.addAll(command);
    run.add("shop.YearEndArchiveTest");
    out.println();
    out.println(
        "Running tests over an archive of 300 MB in a cgroup of "
            + LIMIT
            + ": memreport run --limit "
            + LIMIT
            + " -- java …");
    out.flush();
    StringWriter said = new StringWriter();
    int status = Main.run(out, new PrintWriter(said, true), run.toArray(String[]::new));
    if (status == ExitStatus.BAD_USAGE) {
      out.println("This machine lets nobody make a cgroup; so tests run that meet their -Xmx64m.");
      out.flush();
      run.subList(run.indexOf("--limit"), run.indexOf("--")).clear();
      run.set(run.size() - 1, "shop.ThumbnailExportTest");
      said = new StringWriter();
      Main.run(out, new PrintWriter(said, true), run.toArray(String[]::new));
    }
    out.println();
    err.print(said);
    err.flush();
    if (Files.exists(output.resolve(KILLED).resolve("report.json"))) {
      shown.put(KILLED, "Who killed the JVM, and what had filled its memory?");
    }
    return ExitStatus.DONE;
  }

  /** What the reports say, in a sentence each, and a page that leads to them. */
  private int index(PrintWriter out, PrintWriter err) throws IOException {
    List<IndexPage.Entry> entries = new ArrayList<>();
    out.println();
    for (Map.Entry<String, String> question : shown.entrySet()) {
      Path folder = output.resolve(question.getKey());
      try (InputStream in = Files.newInputStream(folder.resolve("report.json"))) {
        String link = (question.getKey().isEmpty() ? "" : question.getKey() + "/") + "report.html";
        IndexPage.Entry entry = IndexPage.Entry.of(question.getValue(), link, JsonReport.read(in));
        entries.add(entry);
        out.println(question.getValue());
        out.println("  " + TerminalText.visible(entry.headline()));
      }
    }
    Path page = output.resolve("index.html");
    try (Writer writer = Files.newBufferedWriter(page)) {
      IndexPage.write("What memreport demo found", entries, writer);
    }
    out.println();
    out.println("All reports: " + TerminalText.visible(page.toAbsolutePath().toString()));
    if (open) {
      Browser.open(page, err);
    }
    return ExitStatus.DONE;
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
