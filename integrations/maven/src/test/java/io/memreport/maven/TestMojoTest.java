// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMojoTest {
  private static final String AGENT = "\"-javaagent:/t/memreport-agent.jar\"";

  private final Xpp3Dom configuration = new Xpp3Dom("configuration");

  @ParameterizedTest
  @CsvSource({
    "maven-surefire-plugin, test, true",
    "maven-failsafe-plugin, integration-test, true",
    "maven-failsafe-plugin, verify, false",
    "tycho-surefire-plugin, bnd-test, true",
    "maven-surefire-report-plugin, report, false"
  })
  void some_mojos_run_tests(String plugin, String goal, boolean runs) {
    assertThat(TestMojo.runsTests(mojo(plugin, goal))).isEqualTo(runs);
  }

  @Test
  void the_environment_of_the_forks_gets_the_agent() {
    add(Map.of());
    assertThat(variable("JDK_JAVA_OPTIONS")).isEqualTo(AGENT);
    assertThat(variable("MEMREPORT_OUT")).isEqualTo("/t/runs");
    assertThat(variable("MEMREPORT_BELOW_RUN")).isEqualTo("true");
    assertThat(variable("MEMREPORT_LEAKS")).isEqualTo("gc");
  }

  @Test
  void what_the_forks_would_inherit_stays() {
    add(Map.of("JDK_JAVA_OPTIONS", "-Dfrom=outside"));
    assertThat(variable("JDK_JAVA_OPTIONS")).isEqualTo("-Dfrom=outside " + AGENT);
  }

  @Test
  void what_the_pom_sets_stays_and_hides_what_is_inherited() {
    Xpp3Dom variables = new Xpp3Dom("environmentVariables");
    Xpp3Dom options = new Xpp3Dom("JDK_JAVA_OPTIONS");
    options.setValue("-Dfrom=pom");
    variables.addChild(options);
    Xpp3Dom other = new Xpp3Dom("TZ");
    other.setValue("UTC");
    variables.addChild(other);
    configuration.addChild(variables);
    add(Map.of("JDK_JAVA_OPTIONS", "-Dfrom=outside"));
    assertThat(variable("JDK_JAVA_OPTIONS")).isEqualTo("-Dfrom=pom " + AGENT);
    assertThat(variable("TZ")).isEqualTo("UTC");
  }

  @Test
  void forks_that_are_none_are_told() {
    MojoExecution mojo = mojo("maven-surefire-plugin", "test");
    mojo.setConfiguration(configuration);
    MavenProject project = new MavenProject();
    assertThat(TestMojo.whyNothing(mojo, project)).contains("older than Java 17");
    Xpp3Dom forks = new Xpp3Dom("forkCount");
    configuration.addChild(forks);
    forks.setValue("0");
    assertThat(TestMojo.whyNothing(mojo, project)).startsWith("forkCount=0");
    forks.setValue("${forkCount}");
    assertThat(TestMojo.whyNothing(mojo, project)).contains("older than Java 17");
    project.getProperties().setProperty("forkCount", "0");
    assertThat(TestMojo.whyNothing(mojo, project)).startsWith("forkCount=0");
  }

  private void add(Map<String, String> inherited) {
    TestMojo.addAgent(
        configuration,
        Path.of("/t/memreport-agent.jar"),
        Path.of("/t/runs"),
        Map.of("MEMREPORT_LEAKS", "gc"),
        inherited);
  }

  private String variable(String name) {
    return configuration.getChild("environmentVariables").getChild(name).getValue();
  }

  private static MojoExecution mojo(String plugin, String goal) {
    Plugin of = new Plugin();
    of.setArtifactId(plugin);
    return new MojoExecution(of, goal, "default");
  }
}
