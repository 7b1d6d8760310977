// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.Analysis;
import io.memreport.cli.terminal.Browser;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.FailOn;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Progress;
import io.memreport.cli.terminal.Terminal;
import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import io.memreport.report.ShortVerdict;
import io.memreport.report.TerminalReport;
import io.memreport.report.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport analyze}. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = "Turns recordings into a post-mortem: report.html, report.json and summary.md.")
final class Analyze implements Callable<Integer> {
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
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--kernel-log",
      paramLabel = "FILE",
      description =
          "A log that may tell who killed it: dmesg, journal, syslog, console or CI log; repeatable.")
  private List<Path> logs = List.of();

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      defaultValue = "never",
      description =
          "End with status 1 from this level on: killed, leak, warning, info; never is the default."
              + " Each level has those before it; oom is killed, any is info.")
  private FailOn failOn;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print all evidence, all that there is to do and the memory at the end.")
  private boolean verbose;

  @Option(
      names = "--brief",
      description = "Print at most six lines, each marked: for the end of another tool's output.")
  private boolean brief;

  @Option(names = "--open", description = "Show the report in a browser.")
  private boolean open;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Analysis analysis;
    try (Progress progress = Progress.of(inputs, quiet)) {
      analysis = Analysis.of(inputs, logs, progress);
    }
    analysis.problems().forEach(problem -> Problem.say(err, problem));
    if (!analysis.hasRuns()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    PostMortem postMortem = analysis.postMortem();
    ReportFolder folder = new ReportFolder(output);
    try {
      folder.write(postMortem);
    } catch (IOException e) {
      Problem.say(err, output + ": the report can't be written: " + why(e));
      return ExitStatus.OUR_ERROR;
    }
    if (brief && !quiet) {
      ShortVerdict.lines(postMortem, folder.html().toAbsolutePath())
          .forEach(line -> Problem.say(out, line));
    } else if (!quiet) {
      print(postMortem, folder.html().toAbsolutePath(), out);
    }
    if (open) {
      Browser.open(folder.html(), err);
    }
    if (!analysis.problems().isEmpty()) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    return failOn.fails(postMortem, analysis.findsLeak())
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.DONE;
  }

  private void print(PostMortem postMortem, Path html, PrintWriter out) {
    TerminalReport report = new TerminalReport(out, Terminal.style());
    if (verbose) {
      report.print(postMortem);
      out.println();
      out.println("Report: " + TerminalText.visible(html.toString()));
    } else {
      report.printShort(postMortem, html);
    }
  }

  private static String why(IOException e) {
    String reason = e.getMessage();
    if (e instanceof FileSystemException in) {
      String what =
          e instanceof AccessDeniedException
              ? "this user may not write it"
              : in.getReason() == null ? "it is no folder" : in.getReason();
      reason = in.getFile() + ": " + what;
    }
    return reason + "; give another folder with --output";
  }
}
