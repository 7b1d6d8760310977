// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.Analysis;
import io.memreport.cli.options.InputOptions;
import io.memreport.cli.options.ReportOptions;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import io.memreport.report.ShortVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memreport ci}. */
@Command(
    name = "ci",
    mixinStandardHelpOptions = true,
    description =
        "Analyzes recordings and shows the verdict on the pages of the CI server that this job runs on: summary,"
            + " annotations, links. The server is known by its variables. Keep the report as an artifact of the job.")
public final class CiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;
  @Mixin private ReportOptions report;

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Where the sources are (default: the server's checkout, or this folder).")
  private Path sources;

  @Option(
      names = "--or-analyze",
      description =
          "Where no CI server is known, analyze without a word about that: for build tools.")
  private boolean orAnalyze;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Analysis analysis = Analysis.of(input.recordings(), input.logs(), read -> {});
    analysis.problems().forEach(problem -> Problem.say(err, problem));
    if (!analysis.hasRuns()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    PostMortem postMortem = analysis.postMortem();
    ReportFolder folder = new ReportFolder(report.output());
    CiPages pages = new CiPages(System.getenv(), sources.toString().isEmpty() ? null : sources);
    try {
      folder.write(postMortem);
      pages.show(postMortem, folder, out);
    } catch (IOException e) {
      Problem.say(err, pages.server() + " can't be told: " + e);
      return ExitStatus.OUR_ERROR;
    }
    if (!report.isQuiet()) {
      ShortVerdict.lines(postMortem, folder.html().toAbsolutePath())
          .forEach(line -> Problem.say(out, line));
    }
    if (!pages.isKnown() && !orAnalyze) {
      Problem.say(
          err, "there is no CI server that is known by its variables; the report is written");
    }
    if (!analysis.problems().isEmpty()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    return report.failOn().fails(postMortem, analysis.findsLeak())
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.DONE;
  }
}
