// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import io.memreport.cli.terminal.ExitStatus;
import io.memreport.cli.terminal.Problem;
import io.memreport.cli.terminal.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport pages}: manual pages, from what the commands say of themselves. */
@Command(
    name = "pages",
    mixinStandardHelpOptions = true,
    description = "Prints the manual page of a command, for man -l -.")
final class ManualPage implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, as shm list; without it memreport's own page is printed.")
  private List<String> names = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write the pages of all commands into this folder instead.")
  private Path output;

  @Override
  public Integer call() {
    if (output == null) {
      print();
      return ExitStatus.DONE;
    }
    try {
      Files.createDirectories(output);
      write(spec.root());
      return ExitStatus.DONE;
    } catch (IOException e) {
      Problem.say(spec.commandLine().getErr(), output + ": no pages can be written there: " + e);
      return ExitStatus.OUR_ERROR;
    }
  }

  private void write(CommandSpec command) throws IOException {
    Files.writeString(output.resolve(command.qualifiedName("-") + ".1"), of(command));
    for (CommandLine sub : command.subcommands().values()) {
      write(sub.getCommandSpec());
    }
  }

  private void print() {
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      command = command.getSubcommands().get(name);
      if (command == null) {
        throw new ParameterException(
            spec.commandLine(), "there is no command " + String.join(" ", names));
      }
    }
    spec.commandLine().getOut().print(of(command.getCommandSpec()));
    spec.commandLine().getOut().flush();
  }

  /** The page in the macros of man(7). */
  static String of(CommandSpec of) {
    String name = of.qualifiedName("-");
    String summary = String.join(" ", of.usageMessage().description());
    StringBuilder page = new StringBuilder();
    page.append(".TH ")
        .append(name.toUpperCase(Locale.ROOT))
        .append(" 1 \"\" \"memreport ")
        .append(new Version().getVersion()[0].replaceAll(".* ", ""))
        .append("\" memreport\n");
    section(page, "NAME");
    page.append(text(name)).append(" \\- ").append(text(firstSentence(summary))).append('\n');
    section(page, "SYNOPSIS");
    page.append(text(new Help(of, Help.Ansi.OFF).synopsis(0).strip().replaceAll("\\s+", " ")))
        .append('\n');
    section(page, "DESCRIPTION");
    page.append(text(summary)).append('\n');
    if (!of.subcommands().isEmpty()) {
      section(page, "COMMANDS");
      of.subcommands()
          .forEach(
              (sub, line) ->
                  item(
                      page,
                      bold(sub),
                      String.join(" ", line.getCommandSpec().usageMessage().description())));
    }
    if (!of.positionalParameters().isEmpty()) {
      section(page, "ARGUMENTS");
      of.positionalParameters()
          .forEach(each -> item(page, italic(each.paramLabel()), description(each)));
    }
    section(page, "OPTIONS");
    of.options().forEach(each -> item(page, names(each), description(each)));
    if (!of.usageMessage().exitCodeList().isEmpty()) {
      section(page, "EXIT STATUS");
      of.usageMessage().exitCodeList().forEach((status, means) -> item(page, bold(status), means));
    }
    if (of.usageMessage().footer().length > 0) {
      page.append(".PP\n.nf\n");
      for (String line : of.usageMessage().footer()) {
        page.append(text(line)).append('\n');
      }
      page.append(".fi\n");
    }
    return page.toString();
  }

  private static void section(StringBuilder page, String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private static void item(StringBuilder page, String what, String means) {
    page.append(".TP\n").append(what).append('\n').append(text(means)).append('\n');
  }

  private static String names(OptionSpec option) {
    String names =
        List.of(option.names()).stream().map(ManualPage::bold).collect(Collectors.joining(", "));
    return option.arity().max() > 0 ? names + " " + italic(option.paramLabel()) : names;
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String bold(String text) {
    return "\\fB" + text(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + text(text) + "\\fR";
  }

  /** A dot or a quote at the start of a line would be a macro. */
  private static String text(String plain) {
    return plain.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^(?=[.'])", "\\\\&");
  }
}
