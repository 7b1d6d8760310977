// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Terminal;
import io.memreport.diagnosis.orphan.ShmDiagnosis;
import io.memreport.input.shm.SharedMemory;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmReport;
import io.memreport.report.JsonReport;
import io.memreport.report.ShmTerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memreport shm list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists System V segments and the files in /dev/shm: whose they are, who uses them, which are orphans, and"
            + " how much of the limits they take.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "2:bad usage", "3:this system's shared memory can't be read"})
final class ShmList implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the same facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ShmFacts facts;
    try {
      facts = SharedMemory.read();
    } catch (IOException e) {
      Problem.say(spec.commandLine().getErr(), e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    }
    ShmReport report = new ShmDiagnosis(ShmDiagnosis.LEAST_IDLE_SECONDS).of(facts);
    if (json) {
      JsonReport.write(report, out);
    } else {
      new ShmTerminalReport(out, Terminal.style()).print(report);
    }
    return ExitStatus.DONE;
  }
}
