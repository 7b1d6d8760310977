// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under a security manager the application runs as without the agent, whatever its policy. */
class SecurityManagerIT {
  /** What the driver needs, and the program. */
  private static final String STRICT =
      """
      grant {
        permission java.util.PropertyPermission "*", "read,write";
        permission java.io.FilePermission "<<ALL FILES>>", "read,write,delete";
        permission java.lang.RuntimePermission "loadLibrary.*";
      };
      """;

  @TempDir private Path folder;

  @BeforeEach
  void needs_a_jdk_with_security_managers() {
    // JEP 486 took them out of JDK 24.
    assumeTrue(Runtime.version().feature() < 24, "this JDK has no security manager");
  }

  @Test
  void without_a_grant_nothing_is_recorded_and_one_line_says_what_is_missing() throws Exception {
    WatchedJvm jvm =
        run("grant { permission java.util.PropertyPermission \"*\", \"read\"; };" + "\n");
    assertThat(jvm.stderr())
        .contains("memreport: nothing is recorded", "must grant the agent's jar")
        .doesNotContain("ASSERTION FAILED");
    assertThat(jvm.stdout()).doesNotContain("rows");
    assertThat(jvm.exitCode()).as("the driver is not allowed to load either").isZero();
  }

  @Test
  void with_the_grant_all_is_recorded_and_the_application_may_no_more_than_before()
      throws Exception {
    String grant =
        "grant codeBase \"file:%s\" { permission java.security.AllPermission; };"
            .formatted(WatchedJvm.agentJar());
    WatchedJvm jvm = run(STRICT + grant).succeeded();
    assertThat(jvm.stdout()).contains("rows " + StrictProgram.ROWS, "the policy holds");
    assertThat(jvm.stderr()).doesNotContain("memreport: ");
    RunEvents events = new RunEvents(jvm.events());
    assertThat(events.query("insert into t values(?)").sum("executions"))
        .isEqualTo(StrictProgram.ROWS);
    assertThat(events.query("insert into t values(?)").sum("nativeAllocated")).isPositive();
  }

  private WatchedJvm run(String policy) throws Exception {
    Path file = Files.writeString(folder.resolve("strict.policy"), policy);
    Path out = folder.resolve("runs");
    // The agent's classes come from its jar, which the grant is for.
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).endsWith("classes"))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("memreport-"))
            .collect(Collectors.joining(File.pathSeparator));
    return WatchedJvm.run(
        Path.of(System.getProperty("java.home")),
        out,
        classPath,
        List.of(
            "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out,
            "-Djava.security.manager",
            "-Djava.security.policy==" + file),
        StrictProgram.class);
  }
}
