// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of this machine's Gradle; without one they are skipped. */
class InitScriptIT {
  private static final Path GRADLE = Path.of("/usr/bin/gradle");

  /** Of the job that these tests may be part of. */
  private static final List<String> SERVERS =
      List.of(
          "GITHUB_ACTIONS",
          "GITLAB_CI",
          "TF_BUILD",
          "TEAMCITY_VERSION",
          "BUILDKITE",
          "JENKINS_URL");

  private static final String LEAK =
      """
      package shop;
      public class CartTest {
        static final java.util.List<byte[]> PICTURES = new java.util.ArrayList<>();
        @org.junit.Test public void keeps_pictures() {
          for (int i = 0; i < 50; i++) PICTURES.add(new byte[1 << 20]);
        }
      }
      """;

  private static final String FINE =
      """
      package shop;
      public class PriceTest {
        @org.junit.Test public void adds() {
          org.junit.Assert.assertEquals(4, 2 + 2);
        }
      }
      """;

  @TempDir private Path folder;
  private String out;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void needsGradle() {
    if (!Files.isExecutable(GRADLE)) {
      System.out.println("Skipped: needs " + GRADLE);
    }
    Assumptions.assumeTrue(Files.isExecutable(GRADLE), () -> "needs " + GRADLE);
  }

  @Test
  void a_build_that_knows_nothing_of_it_is_recorded_and_explained() throws Exception {
    module("cart", "CartTest", LEAK);
    module("price", "PriceTest", FINE);
    Files.writeString(folder.resolve("settings.gradle"), "include 'cart', 'price'\n");
    assertThat(gradle("test", "-Dmemreport.agentOptions=leaks=gc")).as(() -> out).isZero();
    assertThat(out)
        .contains("memreport: CartTest.keeps_pictures() left")
        .contains("  Fix: Clear shop.CartTest.PICTURES after each test");
    Path report = folder.resolve("build/memreport");
    Path runs = folder.resolve("cart/build/memreport/runs");
    assertThat(report.resolve("report.json"))
        .content()
        .contains("keeps_pictures")
        .contains("\"adds\"");
    assertThat(gradle("test", "--rerun-tasks", "-Dmemreport.failOn=killed")).isZero();
    assertThat(runs.resolve("test").toFile().list())
        .as("what an earlier build recorded is gone")
        .hasSize(1);
  }

  @Test
  void a_build_with_the_plugin_fails_by_its_own_block_and_tells_the_ci_server() throws Exception {
    module("", "CartTest", LEAK);
    Path build = folder.resolve("build.gradle");
    Files.writeString(
        build,
        "buildscript { dependencies { classpath files('"
            + Path.of("target/memreport-gradle-plugin.jar").toAbsolutePath()
            + "') } }\napply plugin: 'io.memreport'\n"
            + "memreport {\n  agentOptions = 'leaks=gc'\n  failOn = 'leak'\n}\n"
            + Files.readString(build));
    environment = Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", folder.toString());
    // The script finds the plugin applied by the build, and the other way round.
    assertThat(gradle("test")).isNotZero();
    assertThat(out)
        .contains(":memreportReport")
        .contains("keeps_pictures() left")
        .contains("\n::warning file=src/test/java/shop/CartTest.java,line=4,")
        .contains("memreport found what memreport.failOn=leak names");
    assertThat(folder.resolve("build/memreport/runs/test").toFile().list()).hasSize(1);
  }

  @Test
  void it_says_why_nothing_was_recorded_and_is_silent_if_nothing_was_to_be() throws Exception {
    module("", "PriceTest", FINE);
    assertThat(gradle("test", "-Dmemreport.plugin=/nowhere.jar")).as(() -> out).isZero();
    assertThat(out).contains("memreport records nothing: /nowhere.jar is missing");
    assertThat(gradle("test", "--rerun-tasks", "-Dmemreport.skip=true")).isZero();
    assertThat(out).doesNotContain("memreport");
    assertThat(folder.resolve("build/memreport")).doesNotExist();
  }

  private void module(String name, String test, String source) throws IOException {
    Path module = folder.resolve(name);
    Files.createDirectories(module.resolve("src/test/java/shop"));
    Files.writeString(module.resolve("src/test/java/shop/" + test + ".java"), source);
    Files.writeString(
        module.resolve("build.gradle"),
        "apply plugin: 'java'\ndependencies { testCompile fileTree('"
            + Path.of("target/junit4").toAbsolutePath()
            + "') }\n");
  }

  private int gradle(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                GRADLE.toString(),
                "--offline",
                "--no-daemon",
                "-I",
                Path.of("init.gradle").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder gradle =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    SERVERS.forEach(gradle.environment()::remove);
    gradle.environment().putAll(environment);
    gradle.environment().put("JAVA_HOME", System.getProperty("java.home"));
    gradle.environment().put("GRADLE_USER_HOME", folder.resolve("home").toString());
    Process process = gradle.start();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
