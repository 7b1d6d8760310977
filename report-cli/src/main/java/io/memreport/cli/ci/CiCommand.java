// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.Analysis;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.FailOn;
import io.memreport.cli.terminal.Problem;
import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import io.memreport.report.ShortVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport ci}. */
@Command(
    name = "ci",
    mixinStandardHelpOptions = true,
    description =
        "Analyzes recordings and shows the verdict on the pages of the CI server that this job runs on: summary,"
            + " annotations, links. The server is known by its variables.")
public final class CiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "A .jfr file, a run folder, a folder of run folders, or a JFR repository.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "memreport-report",
      description = "Where the report goes; keep it as an artifact (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--kernel-log",
      paramLabel = "FILE",
      description = "A log that may tell who killed it; repeatable.")
  private List<Path> logs = List.of();

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where the sources are (default: the server's checkout, or this folder).")
  private Path sources;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "never",
      description =
          "End with status 1 from this level on: killed, leak, warning, info; never is the default.")
  private FailOn failOn;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Analysis analysis = Analysis.of(inputs, logs, read -> {});
    analysis.problems().forEach(problem -> Problem.say(err, problem));
    if (!analysis.hasRuns()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    PostMortem postMortem = analysis.postMortem();
    ReportFolder folder = new ReportFolder(output);
    CiPages pages = new CiPages(System.getenv(), sources.toString().isEmpty() ? null : sources);
    try {
      folder.write(postMortem);
      pages.show(postMortem, folder, out);
    } catch (IOException e) {
      Problem.say(err, pages.server() + " can't be told: " + e);
      return ExitStatus.OUR_ERROR;
    }
    ShortVerdict.lines(postMortem, folder.html().toAbsolutePath())
        .forEach(line -> Problem.say(out, line));
    if (!pages.isKnown()) {
      Problem.say(
          err, "there is no CI server that is known by its variables; the report is written");
    }
    if (!analysis.problems().isEmpty()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    return failOn.fails(postMortem, analysis.findsLeak())
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.DONE;
  }
}
