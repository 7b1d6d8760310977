// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.options.AgentOption;
import io.memreport.cli.options.ReportOptions;
import io.memreport.cli.terminal.AgentJar;
import io.memreport.cli.terminal.DurationConverter;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Terminal;
import io.memreport.diagnosis.words.Units;
import io.memreport.report.TerminalText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport attach}. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    description =
        "Records in a JVM that is running, leaves it as it was, and says where its memory is. Ctrl-C ends it"
            + " early and still reports.")
final class Attach implements Callable<Integer> {
  private static final long SECOND_MILLIS = 1000;

  /** Without a terminal a line each second would be a flood. */
  private static final long LINE_EACH_SECONDS = 10;

  private static final long REPORT_SECONDS = 120;

  @Spec private CommandSpec spec;

  @Mixin private AgentOption agentOptions;
  @Mixin private ReportOptions report;

  @Parameters(paramLabel = "PID", description = "The process; memreport ps lists them.")
  private long pid;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long to record: 30s, 5m, 1h (default: ${DEFAULT-VALUE}).")
  private Duration duration;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch early = new CountDownLatch(1);
    CountDownLatch reported = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(early, reported), "memreport-end");
    Path run;
    try {
      run = record(early, hook);
    } catch (CannotAttachException e) {
      Problem.say(err, e.getMessage());
      return ExitStatus.UNREADABLE_INPUT;
    }
    try {
      return analyze(run);
    } finally {
      spec.commandLine().getOut().flush();
      reported.countDown();
    }
  }

  /** What Ctrl-C does: the recording ends, and the JVM of this command waits for its report. */
  private static void end(CountDownLatch early, CountDownLatch reported) {
    early.countDown();
    try {
      reported.await(REPORT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path record(CountDownLatch early, Thread hook)
      throws CannotAttachException, InterruptedException {
    try (TargetJvm jvm = TargetJvm.attach(pid)) {
      Path before = jvm.run();
      if (before != null && jvm.isAttachedTo()) {
        throw new CannotAttachException(
            "memreport is attached to process "
                + pid
                + " already and records to "
                + before
                + "; memreport detach "
                + pid
                + " ends that");
      }
      Path run = jvm.start(AgentJar.path(), options(jvm));
      Runtime.getRuntime().addShutdownHook(hook);
      say(
          "Recording process "
              + pid
              + " to "
              + run
              + (before == null ? "" : ", which went on already"));
      await(early);
      if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
        jvm.stop(AgentJar.path());
      } else {
        say("Process " + pid + " has ended meanwhile.");
      }
      return run;
    }
  }

  /**
   * The recording lies beside the report, unless the JVM's user is another and could not write
   * there. Then its name can't be foreseen: nobody else can make that folder first.
   */
  private String options(TargetJvm jvm) throws CannotAttachException {
    boolean ownUser = System.getProperty("user.name").equals(new TargetProcess(pid).user());
    Path folder =
        ownUser
            ? report.output().toAbsolutePath().resolve("recording")
            : jvm.temporaryFolder().resolve("memreport-" + unforeseen());
    return "out=" + folder + (agentOptions.text().isEmpty() ? "" : "," + agentOptions.text());
  }

  private static String unforeseen() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  }

  private void await(CountDownLatch early) throws InterruptedException {
    TargetProcess process = new TargetProcess(pid);
    long seconds = duration.toSeconds();
    for (long left = seconds; left > 0; left--) {
      progress(process, left, seconds);
      if (early.await(SECOND_MILLIS, TimeUnit.MILLISECONDS)
          || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
        break;
      }
    }
    if (Terminal.isWatched() && !report.isQuiet()) {
      System.err.print("\r\u001b[K");
    }
  }

  private void progress(TargetProcess process, long left, long seconds) {
    Long rss = process.rss();
    String line = left + " s left" + (rss == null ? "" : ", " + Units.bytes(rss) + " resident");
    if (report.isQuiet()) {
      return;
    }
    if (Terminal.isWatched()) {
      System.err.print("\r\u001b[K" + line + " (Ctrl-C ends it now)");
    } else if ((seconds - left) % LINE_EACH_SECONDS == 0) {
      System.err.println(line);
    }
  }

  private void say(String line) {
    if (!report.isQuiet()) {
      spec.commandLine().getOut().println(TerminalText.visible(line));
      spec.commandLine().getOut().flush();
    }
  }

  private int analyze(Path run) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("analyze", run.toString(), "-o", report.output().toString()));
    arguments.addAll(List.of("--fail-on", report.failOn().toString()));
    if (report.isQuiet()) {
      arguments.add("--quiet");
    }
    return Main.run(
        spec.commandLine().getOut(), spec.commandLine().getErr(), arguments.toArray(String[]::new));
  }
}
