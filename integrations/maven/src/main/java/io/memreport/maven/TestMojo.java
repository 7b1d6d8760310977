// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Mojos that run tests in JVMs of their own, and the environment that they give those. */
final class TestMojo {
  private static final Set<String> GOALS =
      Set.of(
          "maven-surefire-plugin:test",
          "maven-failsafe-plugin:integration-test",
          "tycho-surefire-plugin:test",
          "tycho-surefire-plugin:plugin-test",
          "tycho-surefire-plugin:integration-test",
          "tycho-surefire-plugin:bnd-test");

  private static final String VARIABLES = "environmentVariables";

  /** The launcher of JDK 9 and newer reads it; argLine and what others put there stay untouched. */
  private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

  private static final String FORK_COUNT = "forkCount";

  private TestMojo() {}

  static boolean runsTests(MojoExecution mojo) {
    return GOALS.contains(mojo.getArtifactId() + ":" + mojo.getGoal());
  }

  /**
   * Adds the agent to the variables that the mojo sets.
   *
   * @param configuration of the mojo, changed
   * @param agentOptions variables that are the agent's options
   * @param inherited what the forks get as long as the mojo sets nothing
   */
  static void addAgent(
      Xpp3Dom configuration,
      Path agent,
      Path runs,
      Map<String, String> agentOptions,
      Map<String, String> inherited) {
    Xpp3Dom variables = configuration.getChild(VARIABLES);
    if (variables == null) {
      variables = new Xpp3Dom(VARIABLES);
      configuration.addChild(variables);
    }
    Xpp3Dom options = variables.getChild(JVM_OPTIONS);
    String before = options == null ? inherited.get(JVM_OPTIONS) : options.getValue();
    String ours = "\"-javaagent:" + agent + "\"";
    set(variables, JVM_OPTIONS, before == null || before.isBlank() ? ours : before + " " + ours);
    set(variables, "MEMREPORT_OUT", runs.toString());
    // A toolchain's JVM may be too old, and then starts without a word.
    set(variables, "MEMREPORT_BELOW_RUN", "true");
    agentOptions.forEach((name, value) -> set(variables(configuration), name, value));
  }

  private static Xpp3Dom variables(Xpp3Dom configuration) {
    return configuration.getChild(VARIABLES);
  }

  private static void set(Xpp3Dom variables, String name, String value) {
    Xpp3Dom variable = variables.getChild(name);
    if (variable == null) {
      variable = new Xpp3Dom(name);
      variables.addChild(variable);
    }
    variable.setValue(value);
  }

  /** Whether there are reports of tests that ran since. */
  static boolean ranTests(MavenProject project, MojoExecution mojo, Instant since)
      throws IOException {
    String name = mojo.getGoal().equals("integration-test") ? "failsafe" : "surefire";
    Path reports = Path.of(project.getBuild().getDirectory(), name + "-reports");
    if (!Files.isDirectory(reports)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isAfter(since)) {
          return true;
        }
      }
    }
    return false;
  }

  static String whyNothing(MojoExecution mojo, MavenProject project) {
    return "0".equals(forkCount(mojo.getConfiguration(), project))
        ? "forkCount=0 runs them in Maven's own JVM; set it to 1 or more"
        : "the JVM that ran them did not load the agent (older than Java 17, or its launcher was given"
            + " another environment)";
  }

  /** The text that the mojo was given may be an expression of one property. */
  private static String forkCount(Xpp3Dom configuration, MavenProject project) {
    Xpp3Dom said = configuration == null ? null : configuration.getChild(FORK_COUNT);
    if (said == null) {
      return null;
    }
    String value = said.getValue();
    if (value == null || value.startsWith("${")) {
      String property = project.getProperties().getProperty(FORK_COUNT);
      String user = System.getProperty(FORK_COUNT);
      value = user != null ? user : property;
    }
    return value;
  }
}
