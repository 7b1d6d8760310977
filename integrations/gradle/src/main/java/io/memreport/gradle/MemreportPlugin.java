// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.File;
import java.io.IOException;
import org.gradle.api.Plugin;
import org.gradle.api.Project;
import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.provider.Provider;
import org.gradle.api.tasks.testing.Test;
import org.gradle.util.GradleVersion;

/**
 * {@code id("io.memreport")}: the Test tasks of a project and of those below it get the agent, and
 * a task of this project explains them together.
 */
public class MemreportPlugin implements Plugin<Project> {
  private static final String NAME = "memreport";

  private static final GradleVersion FIRST_WITH_PROVIDERS = GradleVersion.version("4.6");

  @Override
  public void apply(Project project) {
    for (Project above = project; above != null; above = above.getParent()) {
      if (above.getExtensions().findByName(NAME) != null) {
        // The init script or a project above has done so.
        return;
      }
    }
    MemreportExtension options =
        project.getExtensions().create(NAME, MemreportExtension.class, project.getObjects());
    if (Boolean.getBoolean("memreport.skip")) {
      return;
    }
    File home = project.getGradle().getGradleUserHomeDir();
    File agent;
    File command;
    try {
      agent = NestedJar.AGENT.in(home);
      command = NestedJar.COMMAND.in(home);
      NestedJar.AGENT.copyTo(agent);
    } catch (IOException e) {
      project.getLogger().warn("memreport records nothing: {}", e.toString());
      return;
    }
    ConfigurableFileCollection runs = project.files();
    MemreportReport report = project.getTasks().create("memreportReport", MemreportReport.class);
    report.setGroup("verification");
    report.setDescription("Explains the memory of the tests that ran.");
    report.explain(command, runs, file(project, NAME), project.provider(options::failOn));
    Provider<String> agentOptions =
        project.provider(() -> options.skips() ? null : options.agentOptions());
    project.allprojects(
        each ->
            each.getTasks()
                .withType(
                    Test.class,
                    test -> {
                      Provider<File> own = file(each, NAME + "/runs/" + test.getName());
                      runs.from(own);
                      record(test, new Recording(agent, own, agentOptions));
                      test.finalizedBy(report);
                      report.mustRunAfter(test);
                    }));
  }

  private static void record(Test test, Recording recording) {
    boolean hasProviders = GradleVersion.current().compareTo(FIRST_WITH_PROVIDERS) >= 0;
    test.doFirst(new BeforeTests(recording, !hasProviders));
    if (hasProviders) {
      test.getJvmArgumentProviders().add(new AgentArguments(recording));
    } else {
      test.getInputs().property(NAME, (java.util.concurrent.Callable<Object>) recording::arguments);
    }
  }

  /** Below the build folder, which a build script may move later. */
  private static Provider<File> file(Project project, String name) {
    return project.provider(
        () -> project.getLayout().getBuildDirectory().get().dir(name).getAsFile());
  }
}
