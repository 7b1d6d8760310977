// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts in the files for CI servers, run as a runner would with a command in the place of
 * memreport that says what it was given.
 */
class CiFilesTest {
  private static final Path INTEGRATIONS = Path.of("../integrations");

  @TempDir private Path folder;
  private Path memreport;

  @BeforeEach
  void setUp() throws IOException {
    memreport = folder.resolve("memreport");
    Files.writeString(
        memreport,
        "#!/bin/sh\nfor a; do echo \"<$a>\"; done\nwhile [ $# -gt 0 ] && [ \"$1\" != -- ]; do shift; done\n"
            + "[ $# -eq 0 ] || { shift; \"$@\"; }\n");
    assertThat(memreport.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void the_action_runs_the_command_with_the_options_that_are_set() throws Exception {
    assertThat(action(Map.of("run", "echo \"a b\"; true", "limit", "4g")))
        .isEqualTo(
            "<run>\n<--fail-on>\n<leak>\n<--limit>\n<4g>\n<-->\n<bash>\n<-eo>\n<pipefail>\n<-c>\n"
                + "<echo \"a b\"; true>\na b\n");
  }

  @Test
  void without_a_command_the_action_explains_what_earlier_steps_left() throws Exception {
    assertThat(action(Map.of("recordings", "a folder; rm -rf x", "fail-on", "never")))
        .isEqualTo("<ci>\n<a folder; rm -rf x>\n<--fail-on>\n<never>\n");
  }

  /** An expression within a script is code that whoever opens a pull request may write. */
  @Test
  void no_script_of_the_action_has_an_expression() throws IOException {
    assertThat(script(Files.readString(INTEGRATIONS.resolve("github/action.yml"))))
        .isNotEmpty()
        .doesNotContain("${{");
  }

  @Test
  void the_template_for_gitlab_runs_the_command() throws Exception {
    String template = Files.readString(INTEGRATIONS.resolve("gitlab/memreport.yml"));
    Matcher line = Pattern.compile("(?m)^    - '(.*)'$").matcher(template);
    assertThat(line.find()).isTrue();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MEMREPORT_HOME", folder.toString());
    variables.put("MEMREPORT_FAIL_ON", "leak");
    variables.put("MEMREPORT_COMMAND", "echo hi && echo there");
    assertThat(run("sh", line.group(1), variables))
        .isEqualTo(
            "<run>\n<--fail-on>\n<leak>\n<-->\n<sh>\n<-ec>\n<echo hi && echo there>\nhi\nthere\n");
  }

  @Test
  void what_the_files_keep_is_what_is_written() throws IOException {
    assertThat(INTEGRATIONS.resolve("gitlab/memreport.yml"))
        .content()
        .contains("memreport-report/gitlab-annotations.json", "memreport-report/metrics.txt");
    assertThat(INTEGRATIONS.resolve("jenkins/Jenkinsfile"))
        .content()
        .contains("run --fail-on leak -- ", "memreport-report/*");
  }

  private String action(Map<String, String> inputs) throws Exception {
    String action = Files.readString(INTEGRATIONS.resolve("github/action.yml"));
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher env =
        Pattern.compile("(?m)^        ([A-Z_]+): \\$\\{\\{ inputs\\.([a-z-]+) }}$").matcher(action);
    while (env.find()) {
      variables.put(
          env.group(1), inputs.getOrDefault(env.group(2), byDefault(action, env.group(2))));
    }
    assertThat(variables).hasSize(5);
    variables.put("MEMREPORT", memreport.toString());
    return run("bash", script(action), variables);
  }

  private static String byDefault(String action, String input) {
    Matcher value =
        Pattern.compile("(?s)\\n  " + input + ":\\n.*?\\n    default: ([^\\n]*)").matcher(action);
    assertThat(value.find()).as(input).isTrue();
    return value.group(1).replace("\"", "");
  }

  private static String script(String action) {
    return action.substring(action.indexOf("run: |\n") + 7, action.indexOf("    - name: Keep"));
  }

  private String run(String shell, String script, Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(shell, "-e", "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
