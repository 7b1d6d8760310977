// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.AgentJar;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport detach}. */
@Command(
    name = "detach",
    mixinStandardHelpOptions = true,
    description =
        "Ends a recording that was begun by memreport attach, and leaves the JVM as it was.")
final class Detach implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PID", description = "The process.")
  private long pid;

  @Override
  public Integer call() {
    try (TargetJvm jvm = TargetJvm.attach(pid)) {
      Path run = jvm.run();
      if (run == null) {
        throw new CannotAttachException("memreport does not record in process " + pid);
      }
      if (!jvm.isAttachedTo()) {
        throw new CannotAttachException(
            "process "
                + pid
                + " is recorded from its start, with -javaagent: that ends with the JVM");
      }
      jvm.stop(AgentJar.path());
      spec.commandLine()
          .getOut()
          .println(
              jvm.run() == null
                  ? "The recording is " + run
                  : "The run that was there goes on with its own options: " + run);
      return ExitStatus.DONE;
    } catch (CannotAttachException e) {
      Problem.say(spec.commandLine().getErr(), e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    }
  }
}
