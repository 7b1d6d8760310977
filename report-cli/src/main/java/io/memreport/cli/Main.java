// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.ci.CiCommand;
import io.memreport.cli.run.RunCommand;
import io.memreport.cli.shm.Shm;
import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.StandardOutput;
import io.memreport.cli.terminal.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code memreport} command. */
@Command(
    name = "memreport",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Where did the memory go, and who took it?",
    subcommands = {
      Demo.class,
      RunCommand.class,
      Analyze.class,
      CiCommand.class,
      Ps.class,
      Attach.class,
      Detach.class,
      Sqlite.class,
      Oom.class,
      Heap.class,
      Shm.class,
      Completion.class,
      ManualPage.class,
      VersionCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:done, and a check that was asked for failed",
      "2:bad usage",
      "3:an input could not be read",
      "4:an error of memreport's own"
    })
public final class Main implements Runnable {
  private static final int MOST_SUGGESTIONS = 2;

  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its status. */
  public static void main(String[] arguments) {
    StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(standard, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status;
    try {
      status = run(out, err, arguments);
      out.flush();
      if (standard.failure() != null) {
        Problem.say(err, "standard output can't be written: " + standard.failure());
        status = ExitStatus.OUR_ERROR;
      }
    } catch (Throwable e) {
      // The JVM would end with status 1, and that says that a check failed.
      status = ExitStatus.OUR_ERROR;
    }
    System.exit(status);
  }

  /** The command with all that it takes, for who runs it and for who only asks what it takes. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine command =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(Main::ownError)
            .setParameterExceptionHandler(Main::badUsage)
            .setExecutionStrategy(Main::execute)
            .setCaseInsensitiveEnumValuesAllowed(true);
    // What follows a command's name is that command's.
    command.getSubcommands().get("run").setStopAtPositional(true);
    return command;
  }

  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      return commandLine(out, err).execute(arguments);
    } catch (OutOfMemoryError e) {
      Problem.say(err, "the input needs more memory than this JVM has; give it more: -Xmx4g");
      return ExitStatus.OUR_ERROR;
    } catch (Throwable e) {
      return ownError(e, err);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /**
   * Where help is asked for, what is no command is passed over: that must not look like success.
   */
  private static int execute(ParseResult result) {
    for (ParseResult at = result; at != null; at = at.subcommand()) {
      if (!at.unmatched().isEmpty()) {
        throw new UnmatchedArgumentException(at.commandSpec().commandLine(), at.unmatched());
      }
    }
    return new RunLast().execute(result);
  }

  private static int badUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String meant =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream()
                .limit(MOST_SUGGESTIONS)
                .map(text -> text.replaceAll("^.* ", ""))
                .collect(Collectors.joining(" or "))
            : "";
    Problem.say(
        command.getErr(),
        e.getMessage()
            + (meant.isEmpty() ? "; see " : "; did you mean " + meant + "? See ")
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return ExitStatus.BAD_USAGE;
  }

  private static int ownError(Exception e, CommandLine command, ParseResult result) {
    return ownError(e, command.getErr());
  }

  private static int ownError(Throwable e, PrintWriter err) {
    Problem.say(err, "an error of memreport's own, please report it: " + e);
    if (System.getenv("MEMREPORT_STACKTRACE") != null) {
      e.printStackTrace(err);
    }
    return ExitStatus.OUR_ERROR;
  }
}
