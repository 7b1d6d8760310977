// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {
  @TempDir Path folder;

  @Test
  void every_command_has_a_page_with_all_its_options() {
    List<CommandSpec> commands = commands(new CommandLine(new Main()).getCommandSpec());
    assertThat(commands).hasSizeGreaterThan(14);
    for (CommandSpec command : commands) {
      String page = ManualPage.of(command);
      assertThat(page)
          .startsWith(
              ".TH " + command.qualifiedName("-").toUpperCase(java.util.Locale.ROOT) + " 1 ")
          .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n", ".SH OPTIONS\n");
      for (OptionSpec option : command.options()) {
        assertThat(page).contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR");
      }
      assertThat(page.lines().filter(line -> line.startsWith(".")))
          .as("macros of ours only")
          .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|nf|fi)\\b.*"));
    }
  }

  @Test
  void a_page_is_printed_by_its_words() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "pages", "shm", "list"))
        .isZero();
    assertThat(out.toString())
        .startsWith(".TH MEMREPORT-SHM-LIST 1 ")
        .contains("\nmemreport\\-shm\\-list \\- ");
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "pages", "no")).isEqualTo(2);
    assertThat(err.toString()).startsWith("memreport: there is no command no");
    assertThat(
            Main.run(new PrintWriter(out), new PrintWriter(err), "pages", "-o", folder + "/man1"))
        .isZero();
    assertThat(folder.resolve("man1").toFile().list())
        .contains("memreport.1", "memreport-shm-list.1");
  }

  @Test
  void the_formatter_has_nothing_to_warn_of() throws Exception {
    boolean there = Files.isExecutable(Path.of("/usr/bin/groff"));
    if (!there) {
      System.out.println("Skipped: needs /usr/bin/groff");
    }
    Assumptions.assumeTrue(there);
    StringBuilder all = new StringBuilder();
    commands(new CommandLine(new Main()).getCommandSpec())
        .forEach(command -> all.append(ManualPage.of(command)));
    assertThat(groff(all.toString())).isEmpty();
    assertThatCode(() -> assertThat(groff(".nosuch\n")).isEmpty())
        .as("it would")
        .isInstanceOf(AssertionError.class);
  }

  private String groff(String page) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("page.1"), page);
    Process groff =
        new ProcessBuilder("groff", "-man", "-Tutf8", "-K", "utf8", "-ww", "-z", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    groff.waitFor();
    return said;
  }

  private static List<CommandSpec> commands(CommandSpec command) {
    List<CommandSpec> all = new ArrayList<>(List.of(command));
    command.subcommands().values().forEach(sub -> all.addAll(commands(sub.getCommandSpec())));
    return all;
  }
}
