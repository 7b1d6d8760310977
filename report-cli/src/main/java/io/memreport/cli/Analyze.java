// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.Analysis;
import io.memreport.cli.options.InputOptions;
import io.memreport.cli.options.ReportOptions;
import io.memreport.cli.terminal.Browser;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Progress;
import io.memreport.cli.terminal.Terminal;
import io.memreport.cli.terminal.Unwritable;
import io.memreport.input.heapdump.DumpsBeside;
import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import io.memreport.report.ShortVerdict;
import io.memreport.report.TerminalReport;
import io.memreport.report.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memreport analyze}. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = "Turns recordings into a post-mortem: report.html, report.json and summary.md.")
final class Analyze implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;
  @Mixin private ReportOptions report;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print all evidence, all that there is to do and the memory at the end.")
  private boolean verbose;

  @Option(
      names = "--brief",
      description = "Print at most six lines, each marked: for the end of another tool's output.")
  private boolean brief;

  @Option(
      names = "--full",
      description =
          "Also write timeline.json, with every sample that was analyzed: up to 2,000 a run."
              + " The report has as many as a chart can show.")
  private boolean full;

  @Option(names = "--open", description = "Show the report in a browser.")
  private boolean open;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Analysis analysis;
    try (Progress progress = Progress.of(input.recordings(), report.isQuiet())) {
      analysis = Analysis.of(input.recordings(), input.logs(), progress);
    }
    analysis.problems().forEach(problem -> Problem.say(err, problem));
    if (!analysis.hasRuns()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    PostMortem postMortem = analysis.postMortem();
    ReportFolder folder = new ReportFolder(report.output());
    try {
      folder.write(postMortem, full);
    } catch (IOException e) {
      Problem.say(err, Unwritable.report(report.output(), e));
      return ExitStatus.OUR_ERROR;
    }
    if (brief && !report.isQuiet()) {
      ShortVerdict.lines(postMortem, folder.html().toAbsolutePath())
          .forEach(line -> Problem.say(out, line));
    } else if (!report.isQuiet()) {
      print(postMortem, folder.html().toAbsolutePath(), out);
      DumpsBeside.of(postMortem.runs())
          .forEach(
              dump ->
                  out.println("Heap dump: memreport heap " + TerminalText.visible(dump + runs())));
    }
    if (open) {
      Browser.open(folder.html(), err);
    }
    if (!analysis.problems().isEmpty()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    return report.failOn().fails(postMortem, analysis.findsLeak())
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.DONE;
  }

  private String runs() {
    return input.recordings().stream().map(run -> " --run " + run).collect(Collectors.joining());
  }

  private void print(PostMortem postMortem, Path html, PrintWriter out) {
    TerminalReport terminal = new TerminalReport(out, Terminal.style());
    if (verbose) {
      terminal.print(postMortem);
      out.println();
      out.println("Report: " + TerminalText.visible(html.toString()));
    } else {
      terminal.printShort(postMortem, html);
    }
  }
}
