// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.cli.machine.OshiProcesses;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.recorder.process.Children;
import io.memreport.recorder.process.Starts;
import io.memreport.recorder.redact.CommandLine;
import io.memreport.recorder.run.Run;
import io.memreport.recorder.run.Settings;
import io.memreport.recorder.run.Subject;
import io.memreport.recorder.scope.NativeAccounting;
import io.memreport.recorder.text.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a command with the terminal, the streams and the folder of this process, and records the
 * processes below it as a run like any other.
 */
final class Supervisor {
  /** What a worker takes within less than this before it is killed is missed. */
  private static final long SAMPLE_MILLIS = 250;

  private final Path runs;
  private final Cgroup cgroup;
  private final String version;

  /**
   * @param runs where run folders go
   * @param cgroup in which the command runs
   */
  Supervisor(Path runs, Cgroup cgroup, String version) {
    this.runs = runs;
    this.cgroup = cgroup;
    this.version = version;
  }

  /**
   * Runs it to its end.
   *
   * @param command as the user gave it
   * @param started what is started for it
   * @param agent puts the agent into its environment
   * @return its exit status; of one that a signal ended 128 and the signal's number
   * @throws CannotStartException if there is no such command
   */
  int supervise(List<String> command, List<String> started, Environment agent)
      throws IOException, InterruptedException, CannotStartException {
    NativeAccounting.unavailable("a supervisor has no SQLite of its own");
    Watch watch =
        new Watch(Long.MAX_VALUE, Long.MAX_VALUE, Watch.SqlText.OFF, false, Watch.Leaks.OFF);
    Run.start(
        new Settings(
            runs,
            SAMPLE_MILLIS,
            watch,
            Settings.Natives.OFF,
            0,
            null,
            "sample=" + SAMPLE_MILLIS + "ms"),
        Subject.below(CommandLine.withoutSecrets(command), cgroup),
        version);
    if (!Starts.hasProc()) {
      Children.readFrom(new OshiProcesses());
    }
    Signals signals = Signals.take();
    try {
      Process process = start(started, agent);
      signals.passTo(process);
      return process.waitFor();
    } finally {
      signals.close();
      Run.stop();
    }
  }

  private static Process start(List<String> command, Environment agent)
      throws CannotStartException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    agent.addTo(builder.environment());
    Object before = Starts.before();
    Process process = null;
    try {
      // The mark by which a daemon is known whose parent is gone.
      builder.environment().putAll(Starts.marked(Map.copyOf(builder.environment())));
      process = builder.start();
      return process;
    } catch (IOException e) {
      String why = e.getMessage();
      throw new CannotStartException(
          command.get(0)
              + ": can't be started: "
              + why.substring(why.lastIndexOf(',') + 1).strip());
    } finally {
      Starts.after(before, builder, process);
    }
  }

  /** Changes the environment of the command. */
  interface Environment {
    void addTo(Map<String, String> environment);
  }

  /** There is no such command, or it may not be run. */
  static final class CannotStartException extends Exception {
    private static final long serialVersionUID = 1;

    CannotStartException(String message) {
      super(message);
    }
  }
}
