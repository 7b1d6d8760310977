// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Terminal;
import io.memreport.diagnosis.orphan.ShmDiagnosis;
import io.memreport.input.shm.SharedMemory;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.report.JsonReport;
import io.memreport.report.ShmTerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memreport shm clean}. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description =
        "Shows which shared memory of this user is orphaned for certain, and with --yes removes it. Nothing is"
            + " removed that is attached, another user's, or was used within the last minute.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no orphans and no abandoned servers are left",
      "1:some are left, as after a look without --yes",
      "2:bad usage",
      "3:this system's shared memory can't be read"
    })
final class ShmClean implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--yes", description = "Remove the orphans.")
  private boolean yes;

  @Option(
      names = "--stop-servers",
      description = "With --yes: also stop abandoned PostgreSQL servers of this user.")
  private boolean stopServers;

  @Option(names = "--json", description = "Print the same facts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ShmCleaner cleaner =
        new ShmCleaner(
            new ShmDiagnosis(ShmDiagnosis.LEAST_IDLE_SECONDS), SharedMemory::read, stopServers);
    ShmCleaning cleaning;
    try {
      cleaning = yes ? cleaner.clean() : cleaner.look();
    } catch (IOException e) {
      Problem.say(spec.commandLine().getErr(), e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    }
    if (json) {
      JsonReport.write(cleaning, out);
    } else {
      new ShmTerminalReport(out, Terminal.style()).print(cleaning);
    }
    return cleaning.remaining() == 0 ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
  }
}
