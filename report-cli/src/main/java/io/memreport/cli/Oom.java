// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Terminal;
import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.input.Logs;
import io.memreport.input.log.LogReader;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.log.LogPostMortem;
import io.memreport.report.JsonReport;
import io.memreport.report.OomTerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport oom}. */
@Command(
    name = "oom",
    mixinStandardHelpOptions = true,
    description =
        "Explains who killed what for its memory, from the text alone: dmesg, journal, syslog,"
            + " systemd-oomd, earlyoom, kubelet, docker, Surefire, Gradle, CI logs, hs_err files;"
            + " and which shared memory ran out, from PostgreSQL's and other programs' errors.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:it explained something",
      "1:the text holds no kill and no shared memory that ran out",
      "2:bad usage",
      "3:a file could not be read"
    })
final class Oom implements Callable<Integer> {
  private static final String STDIN = "-";

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A log; - is standard input.")
  private List<String> files;

  @Option(names = "--json", description = "Print the same facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    LogReader reader = new LogReader(Instant.now(), ZoneId.systemDefault());
    boolean unreadable = false;
    for (String file : files) {
      try {
        read(reader, file);
      } catch (UnreadableInputException e) {
        unreadable = true;
        Problem.say(err, e.getMessage());
      }
    }
    LogPostMortem postMortem = LogDiagnosis.of(reader.result());
    if (unreadable && postMortem.bytes() == 0) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    if (json) {
      JsonReport.write(postMortem, out);
    } else {
      new OomTerminalReport(out, Terminal.style()).print(postMortem);
    }
    if (unreadable) {
      return ExitStatus.UNREADABLE_INPUT;
    }
    return postMortem.explained() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }

  private static void read(LogReader reader, String file) throws UnreadableInputException {
    if (file.equals(STDIN)) {
      Logs.read(reader, System.in, "standard input");
      return;
    }
    Logs.read(reader, Path.of(file));
  }
}
