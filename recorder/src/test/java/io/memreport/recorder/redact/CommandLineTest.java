// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  @Test
  void keeps_programs_and_names_of_options() throws IOException {
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    try (InputStream in = getClass().getResourceAsStream("commands.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("#")) {
          continue;
        }
        lines++;
        String[] parts = line.split(" => ");
        String kept = CommandLine.withoutSecrets(Arrays.asList(parts[0].split("\\|", -1)));
        if (!kept.equals(parts[1])) {
          wrong.add(line + "\n -> " + kept);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(60);
  }

  /** However a secret is given, and whatever stands around it. */
  @Test
  void nothing_stays_of_a_secret_wherever_it_stands() {
    String[] programs = {"java|app.Main", "java|-jar|x.jar", "mysql", "sh", "/bin/app", "python3"};
    String[] secrets = {
      "hunter2",
      "--password|hunter2",
      "--password=hunter2",
      "-phunter2",
      "-p|hunter2",
      "-a|hunter2",
      "u:hunter2@h",
      "scott/hunter2@db",
      "u:hunter2@tcp(h)",
      "x://u:hunter2@h/",
      "-Dx=hunter2",
      "A=hunter2",
      "Bearer hunter2",
      "{\"a\":\"hunter2\"}",
      "--x|y hunter2",
      "-H|Authorization: Token hunter2",
      "-passin|pass:hunter2",
      "--flag|--token|hunter2",
      "-c|run 'hunter2'",
      "--k=v hunter2",
      "@hunter2",
      "--jwt=hunter2.hunter2.hunter2",
      "/p:hunter2",
      "--password|--|hunter2",
      "-xyzhunter2"
    };
    Random random = new Random(20261126);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder line = new StringBuilder(programs[random.nextInt(programs.length)]);
      for (int i = random.nextInt(4); i >= 0; i--) {
        line.append('|').append(secrets[random.nextInt(secrets.length)]);
      }
      List<String> arguments = Arrays.asList(line.toString().split("\\|"));
      assertThat(CommandLine.withoutSecrets(arguments))
          .as("%s", arguments)
          .doesNotContain("hunter2");
    }
  }

  @Test
  void this_jvm_has_a_main_class() {
    assertThat(CommandLine.ofThisJvm()).isNotBlank().doesNotStartWith("?");
  }

  @Test
  void length_is_bounded() {
    List<String> many = new ArrayList<>(List.of("app"));
    for (int i = 0; i < 10_000; i++) {
      many.add("--option" + i);
    }
    assertThat(CommandLine.withoutSecrets(many)).hasSizeLessThan(1100);
    assertThat(CommandLine.withoutSecrets(List.of("x".repeat(100_000)))).hasSizeLessThan(1100);
    assertThat(CommandLine.withoutSecrets(null)).isNull();
    assertThat(CommandLine.withoutSecrets(List.of())).isNull();
  }
}
