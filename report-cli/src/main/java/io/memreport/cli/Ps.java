// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.memreport.cli.machine.OshiProcesses;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.diagnosis.words.Units;
import io.memreport.recorder.process.Starts;
import io.memreport.report.TerminalText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
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
  private static final String ROW = "%8s  %-10s  %-11s  %-10s  %-8s  %s%n";
  private static final String UNKNOWN = "unknown";

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
            .filter(machine -> !machine.id().equals(Long.toString(own)) && !isOurs(machine))
            .sorted(Comparator.comparingLong(machine -> Long.parseLong(machine.id())))
            .toList();
    if (machines.isEmpty()) {
      out.println("No JVM of this user is running here.");
      return ExitStatus.DONE;
    }
    OshiProcesses table = Starts.hasProc() ? null : new OshiProcesses();
    out.printf(ROW, "PID", "USER", "AGE", "RESIDENT", "SQLITE", "MAIN CLASS");
    for (VirtualMachineDescriptor machine : machines) {
      TargetProcess process = new TargetProcess(Long.parseLong(machine.id()));
      String refusal = process.refusal();
      Long resident = table == null ? process.rss() : table.residentBytes(process.pid());
      ProcessHandle.Info info =
          ProcessHandle.of(process.pid()).map(ProcessHandle::info).orElse(null);
      out.printf(
          ROW,
          machine.id(),
          info == null ? UNKNOWN : TerminalText.visible(info.user().orElse(UNKNOWN)),
          info == null ? UNKNOWN : info.startInstant().map(Ps::age).orElse(UNKNOWN),
          resident == null ? UNKNOWN : Units.bytes(resident),
          process.hasLibrary("sqlite") ? "yes" : "no",
          mainClass(machine)
              + (process.hasLibrary("flight.box") ? " (recorded now)" : "")
              + (refusal == null ? "" : " (" + refusal + ")"));
    }
    return ExitStatus.DONE;
  }

  /** Commands of this tool that run now. */
  private static boolean isOurs(VirtualMachineDescriptor machine) {
    String main = machine.displayName().strip().split("\\s+", 2)[0];
    return main.endsWith("memreport.jar") || main.equals(Main.class.getName());
  }

  private static String age(Instant started) {
    return Units.duration(Math.max(0, Duration.between(started, Instant.now()).toNanos()));
  }

  /** Without its arguments, which may be secrets. */
  private static String mainClass(VirtualMachineDescriptor machine) {
    String name = machine.displayName().strip().split("\\s+", 2)[0];
    return name.isEmpty() ? "(unknown)" : TerminalText.visible(name);
  }
}
