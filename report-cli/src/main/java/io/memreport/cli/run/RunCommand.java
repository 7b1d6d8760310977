// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.Analysis;
import io.memreport.cli.ci.CiPages;
import io.memreport.cli.options.AgentOption;
import io.memreport.cli.options.ReportOptions;
import io.memreport.cli.terminal.AgentJar;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.SizeConverter;
import io.memreport.cli.terminal.Version;
import io.memreport.model.PostMortem;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.report.ReportFolder;
import io.memreport.report.ShortVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs a command, records the memory of all processes below it with the agent in each JVM among them, and"
            + " says at the end where the memory went. The exit status is the command's, or 1 where that is 0 and"
            + " --fail-on asks for it. Recordings go to runs/ in the report's folder.",
    footer = {
      "",
      "Examples:",
      "  memreport run -- mvn test",
      "  memreport run -- pytest -n auto",
      "  memreport run --limit 4g -- ./gradlew check"
    })
public final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;

  @Mixin private AgentOption agentOptions;
  @Mixin private ReportOptions report;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command with its arguments, best behind --.")
  private List<String> command;

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Run the command in a memory cgroup of this size, such as 4g, to find out whether it fits.")
  private Long limit;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Path agent = AgentJar.path();
    if (!Files.isRegularFile(agent)) {
      Problem.say(err, agent + ": the agent is missing there; ./mvnw package builds it");
      return ExitStatus.UNREADABLE_INPUT;
    }
    if (limit == null) {
      return run(agent, null);
    }
    try (LimitedCgroup limited = LimitedCgroup.create(limit, "systemd-run")) {
      return run(agent, limited);
    } catch (IOException e) {
      Problem.say(
          err,
          "--limit needs a memory cgroup of its own, and none could be made: " + e.getMessage());
      return ExitStatus.BAD_USAGE;
    }
  }

  private int run(Path agent, LimitedCgroup limited) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Instant began = Instant.now();
    Double uptime = KernelLog.now();
    Path runs =
        report
            .output()
            .toAbsolutePath()
            .normalize()
            .resolve("runs")
            .resolve(STAMP.format(began) + "-" + ProcessHandle.current().pid());
    Cgroup cgroup = limited == null ? Cgroup.ofThisProcess() : limited.cgroup();
    int status;
    try {
      status =
          new Supervisor(runs, cgroup, new Version().getVersion()[0])
              .supervise(
                  command,
                  limited == null ? command : limited.inside(command),
                  environment ->
                      AgentEnvironment.add(environment, agent, agentOptions.text(), runs));
    } catch (Supervisor.CannotStartException e) {
      Problem.say(err, e.getMessage());
      return ExitStatus.BAD_USAGE;
    } catch (IOException e) {
      Problem.say(err, runs + ": can't be recorded to: " + e.getMessage());
      return ExitStatus.OUR_ERROR;
    }
    return explain(status, runs, began, uptime);
  }

  /** The command's own output is over; what is said here goes to standard error. */
  private int explain(int status, Path runs, Instant began, Double uptime) {
    PrintWriter err = spec.commandLine().getErr();
    ReportFolder folder = new ReportFolder(report.output());
    PostMortem postMortem;
    boolean leak;
    try {
      Path log = KernelLog.since(uptime, began, runs);
      Analysis analysis =
          Analysis.of(List.of(runs), log == null ? List.of() : List.of(log), read -> {});
      analysis.problems().forEach(problem -> Problem.say(err, problem));
      if (!analysis.hasRuns()) {
        return status;
      }
      postMortem = analysis.postMortem();
      leak = analysis.findsLeak();
      folder.write(postMortem);
      CiPages pages = new CiPages(System.getenv(), null);
      if (pages.isKnown()) {
        pages.show(postMortem, folder, err);
      }
    } catch (IOException | RuntimeException e) {
      Problem.say(err, "the report can't be written: " + e + "; the recordings are in " + runs);
      return status;
    }
    if (!report.isQuiet()) {
      ShortVerdict.lines(postMortem, folder.html().toAbsolutePath())
          .forEach(line -> Problem.say(err, line));
    }
    return status == 0 && report.failOn().fails(postMortem, leak)
        ? ExitStatus.CHECK_FAILED
        : status;
  }
}
