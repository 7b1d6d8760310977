// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code memreport completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints what completes memreport's commands and options in a shell.",
    footer = {
      "",
      "bash:  source <(memreport completion bash)",
      "zsh:   source <(memreport completion zsh)",
      "fish:  memreport completion fish | source"
    })
final class Completion implements Runnable {
  private static final String NAME = "memreport";

  /** Shells whose scripts can be printed; bash's works in zsh, too. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @Override
  public void run() {
    CommandLine main = spec.parent().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.FISH) {
      fish(main, out);
    } else {
      out.println(AutoComplete.bash(NAME, main));
    }
    out.flush();
  }

  private static void fish(CommandLine main, PrintWriter out) {
    out.println("complete -c " + NAME + " -f -n __fish_use_subcommand -l help -l version");
    main.getSubcommands()
        .forEach(
            (name, command) -> {
              CommandSpec of = command.getCommandSpec();
              out.println(
                  "complete -c "
                      + NAME
                      + " -f -n __fish_use_subcommand -a "
                      + name
                      + " -d "
                      + quoted(String.join(" ", of.usageMessage().description())));
              of.options().forEach(option -> out.println(fish(name, option)));
            });
  }

  private static String fish(String command, OptionSpec option) {
    StringBuilder line =
        new StringBuilder("complete -c ")
            .append(NAME)
            .append(" -n '__fish_seen_subcommand_from ")
            .append(command)
            .append('\'');
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
    }
    return line.append(" -d ").append(quoted(String.join(" ", option.description()))).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
