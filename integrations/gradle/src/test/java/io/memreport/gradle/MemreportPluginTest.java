// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradle.api.Project;
import org.gradle.process.CommandLineArgumentProvider;
import org.gradle.testfixtures.ProjectBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the API of a newer Gradle than {@link InitScriptIT} runs: Test tasks have providers there.
 */
class MemreportPluginTest {
  @TempDir private File folder;
  private Project root;
  private Project cart;

  @BeforeEach
  void hasTwoProjects() {
    root =
        ProjectBuilder.builder()
            .withProjectDir(folder)
            .withGradleUserHomeDir(new File(folder, "home"))
            .build();
    cart = ProjectBuilder.builder().withParent(root).withName("cart").build();
  }

  @AfterEach
  void forgets() {
    System.clearProperty("memreport.agentOptions");
    System.clearProperty("memreport.skip");
  }

  @Test
  void tests_of_every_project_get_the_agent_by_its_content() {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    root.getExtensions().getByType(MemreportExtension.class).getAgentOptions().set("leaks=gc");
    AgentArguments arguments = only(cart);
    File agent = arguments.getAgent().get(0);
    assertThat(agent).hasName("memreport-agent.jar").isFile();
    assertThat(agent.toPath()).startsWith(folder.toPath().resolve("home/memreport"));
    assertThat(arguments.getOptions()).containsExactly("leaks=gc");
    assertThat(arguments.getRuns()).isEqualTo(runs(cart));
    assertThat(arguments.asArguments())
        .containsExactly("-javaagent:" + agent + "=leaks=gc", "-Dmemreport.out=" + runs(cart));
  }

  @Test
  void a_build_folder_that_is_moved_later_is_where_runs_go() {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    cart.getLayout().getBuildDirectory().set(new File(folder, "out"));
    assertThat(only(cart).getRuns()).isEqualTo(new File(folder, "out/memreport/runs/test"));
  }

  @Test
  void nothing_is_added_if_nothing_is_to_be_recorded() {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    root.getExtensions().getByType(MemreportExtension.class).getSkip().set(true);
    assertThat(only(cart).asArguments()).isEmpty();
    assertThat(only(cart).getAgent()).isEmpty();
    assertThat(only(cart).getOptions()).isEmpty();
  }

  @Test
  void a_build_that_skips_it_knows_its_block_and_nothing_else() {
    System.setProperty("memreport.skip", "true");
    root.getPluginManager().apply("io.memreport");
    assertThat(root.getExtensions().findByType(MemreportExtension.class)).isNotNull();
    assertThat(root.getTasks().findByName("memreportReport")).isNull();
  }

  @Test
  void the_command_line_goes_before_the_build() {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    MemreportExtension options = root.getExtensions().getByType(MemreportExtension.class);
    options.getAgentOptions().set("leaks=gc");
    options.getSkip().set(true);
    System.setProperty("memreport.agentOptions", "leaks=off");
    System.setProperty("memreport.skip", "false");
    assertThat(only(cart).getOptions()).containsExactly("leaks=off");
  }

  @Test
  void a_second_time_adds_nothing() {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    only(cart);
    assertThat(root.getTasks().findByName("memreportReport")).isNotNull();
    assertThat(cart.getTasks().findByName("memreportReport")).isNull();
  }

  @Test
  void what_is_left_of_earlier_tests_goes_before_new_ones_run() throws Exception {
    root.getPluginManager().apply("io.memreport");
    cart.getPluginManager().apply("java");
    Path old = Files.createDirectories(runs(cart).toPath().resolve("old/repository"));
    Path elsewhere = Files.writeString(folder.toPath().resolve("elsewhere"), "kept");
    Files.writeString(old.resolve("chunk"), "");
    Files.createSymbolicLink(old.resolve("link"), elsewhere);
    File agent = only(cart).getAgent().get(0);
    Files.delete(agent.toPath());
    org.gradle.api.tasks.testing.Test test =
        (org.gradle.api.tasks.testing.Test) cart.getTasks().getByName("test");
    new BeforeTests(only(cart).recording(), true).execute(test);
    assertThat(runs(cart)).doesNotExist();
    assertThat(elsewhere).hasContent("kept");
    assertThat(agent).as("deleted by whoever tidies up").isFile();
    assertThat(test.getJvmArgs()).containsExactly("-javaagent:" + agent);
    assertThat(test.getSystemProperties()).containsEntry("memreport.out", runs(cart).getPath());
  }

  private static File runs(Project project) {
    return new File(project.getProjectDir(), "build/memreport/runs/test");
  }

  private static AgentArguments only(Project project) {
    List<CommandLineArgumentProvider> ours = new ArrayList<>();
    project
        .getTasks()
        .withType(org.gradle.api.tasks.testing.Test.class)
        .getByName("test")
        .getJvmArgumentProviders()
        .forEach(
            provider -> {
              if (provider instanceof AgentArguments) {
                ours.add(provider);
              }
            });
    assertThat(ours).hasSize(1);
    return (AgentArguments) ours.get(0);
  }
}
