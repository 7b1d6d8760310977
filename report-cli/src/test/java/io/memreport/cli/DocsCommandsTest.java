// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the documentation tells people to type is what the commands take. */
class DocsCommandsTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");
  private static final Pattern SPAN = Pattern.compile("`((?:\\./)?memreport [^`]*)`");
  private static final Pattern OURS =
      Pattern.compile("^\\s*(?:sudo |\\$ )?(?:\\./)?memreport(?= [a-z-])(.*)");
  private static final Pattern MAVEN = Pattern.compile("\\./mvnw ([^`\\n]*)");

  /** They only look. */
  private static final List<String> HARMLESS =
      List.of("ps", "shm list", "shm clean", "sqlite advise", "version");

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    for (String folder : List.of("docs", "samples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder), 4)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().contains("target"))
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** Commands of shell blocks, without comments and what they are piped to. */
  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : blocks(page)) {
        Matcher ours = OURS.matcher(line);
        if (ours.find()) {
          commands.add(ours.group(1).replaceAll("\\s+(?:#|\\||&&|>|2>).*", "").strip());
        }
      }
    }
    return commands.stream().distinct().toList();
  }

  private static List<String> blocks(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page).replace("\\\n", " "))
        .results()
        .flatMap(block -> block.group(1).lines())
        .toList();
  }

  /** Commands within sentences, which may leave out what they are about. */
  static List<String> mentions() throws IOException {
    List<String> mentions = new ArrayList<>();
    for (Path page : pages()) {
      SPAN.matcher(Files.readString(page))
          .results()
          .map(MatchResult::group)
          .map(text -> text.replaceAll("`(?:\\./)?memreport |`", ""))
          .forEach(mentions::add);
    }
    return mentions.stream().distinct().toList();
  }

  @Test
  void there_are_some() throws IOException {
    assertThat(commands()).hasSizeGreaterThan(12);
    assertThat(mentions()).hasSizeGreaterThan(12);
    assertThat(commands()).anyMatch(command -> HARMLESS.stream().anyMatch(command::startsWith));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_of_a_block_is_taken_as_it_stands(String command) {
    assertThatCode(() -> parse(command)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("mentions")
  void a_command_within_a_sentence_and_its_options_exist(String command) {
    assertThat(unknown(command)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void what_only_looks_is_run(String command) {
    StringWriter err = new StringWriter();
    int status =
        Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), words(command));
    assertThat(status).as(err.toString()).isZero();
  }

  static List<String> harmless() throws IOException {
    return commands().stream()
        .filter(command -> HARMLESS.stream().anyMatch(command::startsWith))
        .filter(command -> !command.contains("--yes"))
        .toList();
  }

  @Test
  void what_does_not_exist_is_noticed() {
    assertThatCode(() -> parse("analyze runs --no-such")).hasMessageContaining("--no-such");
    assertThatCode(() -> parse("explain runs")).hasMessageContaining("explain");
    assertThat(unknown("analyze --no-such")).containsExactly("--no-such");
    assertThat(unknown("explain")).containsExactly("explain");
    assertThat(unknown("shm lost")).containsExactly("lost");
  }

  /** Modules and profiles of this build that its documentation names. */
  @Test
  void maven_finds_the_modules_and_profiles() throws IOException {
    for (Path page : pages()) {
      List<String> calls =
          MAVEN
              .matcher(Files.readString(page).replace("\\\n", " "))
              .results()
              .map(call -> call.group(1))
              .toList();
      for (String call : calls) {
        List<String> modules = values("-pl (\\S+)", call);
        assertThat(modules)
            .allSatisfy(module -> assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
        StringBuilder poms = new StringBuilder(Files.readString(ROOT.resolve("pom.xml")));
        for (String module : modules) {
          poms.append(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
        }
        assertThat(values("-P(\\w+)", call))
            .allSatisfy(profile -> assertThat(poms).contains("<id>" + profile + "</id>"));
      }
    }
  }

  private static List<String> values(String option, String call) {
    return Pattern.compile(option)
        .matcher(call)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(",")))
        .toList();
  }

  private static void parse(String command) {
    CommandLine all = command();
    all.parseArgs(words(command));
  }

  /** What is optional is given; a number stands for a process. */
  private static String[] words(String command) {
    return command.replaceAll("[\\[\\]…]", "").replace("PID", "4711").strip().split("\\s+");
  }

  private static List<String> unknown(String command) {
    CommandSpec at = command().getCommandSpec();
    List<String> unknown = new ArrayList<>();
    for (String word : words(command.replaceAll(" -- .*", ""))) {
      if (word.startsWith("-")) {
        if (at.findOption(word.replaceAll("=.*", "")) == null) {
          unknown.add(word);
        }
      } else if (!at.subcommands().isEmpty()) {
        CommandLine sub = at.subcommands().get(word);
        if (sub == null) {
          return List.of(word);
        }
        at = sub.getCommandSpec();
      }
    }
    return unknown;
  }

  private static CommandLine command() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.commandLine(nowhere, nowhere);
  }
}
