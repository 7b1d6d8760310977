// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.diagnosis.words.Units;
import io.memreport.report.TerminalText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code memreport ps}. */
@Command(
    name = "ps",
    mixinStandardHelpOptions = true,
    description = "Lists the JVMs that can be attached to.")
final class Ps implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      Problem.say(err, "the Java that runs memreport has no module jdk.attach: run it with a JDK");
      return ExitStatus.UNREADABLE_INPUT;
    }
    long own = ProcessHandle.current().pid();
    List<VirtualMachineDescriptor> machines =
        VirtualMachine.list().stream()
            .filter(machine -> !machine.id().equals(Long.toString(own)))
            .sorted(Comparator.comparingLong(machine -> Long.parseLong(machine.id())))
            .toList();
    if (machines.isEmpty()) {
      out.println("No JVM of this user is running here.");
      return ExitStatus.DONE;
    }
    out.printf("%8s  %-10s  %-10s  %s%n", "PID", "RESIDENT", "SQLITE", "MAIN CLASS");
    for (VirtualMachineDescriptor machine : machines) {
      TargetProcess process = new TargetProcess(Long.parseLong(machine.id()));
      String refusal = process.refusal();
      out.printf(
          "%8s  %-10s  %-10s  %s%n",
          machine.id(),
          process.rss() == null ? "unknown" : Units.bytes(process.rss()),
          process.hasLibrary("sqlite") ? "yes" : "no",
          mainClass(machine)
              + (process.hasLibrary("flight.box") ? " (recorded now)" : "")
              + (refusal == null ? "" : " (" + refusal + ")"));
    }
    return ExitStatus.DONE;
  }

  /** Without its arguments, which may be secrets. */
  private static String mainClass(VirtualMachineDescriptor machine) {
    String name = machine.displayName().strip().split("\\s+", 2)[0];
    return name.isEmpty() ? "(unknown)" : TerminalText.visible(name);
  }
}
