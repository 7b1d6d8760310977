// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.Analysis;
import io.memreport.cli.terminal.Browser;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Progress;
import io.memreport.cli.terminal.Terminal;
import io.memreport.cli.terminal.Unwritable;
import io.memreport.diagnosis.heapdump.HeapDumpDiagnosis;
import io.memreport.diagnosis.words.Units;
import io.memreport.input.heapdump.HeapDumpReader;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.PostMortem;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.report.HeapTerminalReport;
import io.memreport.report.ReportFolder;
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

/** {@code memreport heap}. */
@Command(
    name = "heap",
    mixinStandardHelpOptions = true,
    description =
        "Explains a heap dump, such as -XX:+HeapDumpOnOutOfMemoryError leaves: what holds much, by"
            + " which chain from a static field, a thread or a class loader, and, with --run, which"
            + " test allocated it where. Writes heap.html and heap.json.")
final class Heap implements Callable<Integer> {
  private static final long GIB = 1 << 30;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A heap dump (.hprof, also packed by gzip).")
  private Path file;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description =
          "The run that it was taken in, or a folder of runs: as INPUT of analyze; repeatable.")
  private List<Path> runs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "memreport-report",
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(names = "--open", description = "Show the report in a browser.")
  private boolean open;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    HeapDump dump;
    try (Progress progress = Progress.ofPasses(file, HeapDumpReader.PASSES, quiet)) {
      dump = HeapDumpReader.read(file, progress);
    } catch (UnreadableInputException e) {
      Problem.say(err, e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    } catch (IOException e) {
      Problem.say(err, file + ": can't be read: " + e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    } catch (OutOfMemoryError e) {
      Problem.say(err, file + ": " + more(Runtime.getRuntime().maxMemory()));
      return ExitStatus.UNREADABLE_INPUT;
    }
    Analysis analysis = runs.isEmpty() ? null : Analysis.of(runs, List.of(), bytes -> {});
    if (analysis != null) {
      analysis.problems().forEach(problem -> Problem.say(err, problem));
    }
    PostMortem run = analysis == null || !analysis.hasRuns() ? null : analysis.postMortem();
    HeapPostMortem postMortem = HeapDumpDiagnosis.of(dump, run);
    ReportFolder folder = new ReportFolder(output);
    try {
      folder.write(postMortem);
    } catch (IOException e) {
      Problem.say(err, Unwritable.report(output, e));
      return ExitStatus.OUR_ERROR;
    }
    if (!quiet) {
      new HeapTerminalReport(out, Terminal.style())
          .print(postMortem, folder.heapHtml().toAbsolutePath());
    }
    if (open) {
      Browser.open(folder.heapHtml(), err);
    }
    return analysis == null || analysis.problems().isEmpty()
        ? ExitStatus.DONE
        : ExitStatus.UNREADABLE_INPUT;
  }

  /** A dump takes up to twice its size, and the JVM gives a command a quarter of the machine. */
  private String more(long had) {
    long wanted = Math.max(2 * file.toFile().length(), 2 * had) / GIB + 1;
    return "needs more memory to be read than this command has, "
        + Units.bytes(had)
        + "; give it more: JAVA_TOOL_OPTIONS=-Xmx"
        + wanted
        + "g";
  }
}
