// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradle.api.DefaultTask;
import org.gradle.api.GradleException;
import org.gradle.api.file.FileCollection;
import org.gradle.api.provider.Provider;
import org.gradle.api.tasks.TaskAction;

/** Explains what Test tasks recorded, in this build or an earlier one. */
public class MemreportReport extends DefaultTask {
  private static final int CHECK_FAILED = 1;

  /** The command needs it; Gradle's own JVM may be older. */
  private static final double OLDEST = 17;

  private FileCollection runs;
  private Provider<File> folder;
  private Provider<String> failOn;
  private File command;
  private File root;

  /**
   * @param command the jar
   * @param runs folders in which run folders may be
   * @param folder where the report goes
   */
  void explain(File command, FileCollection runs, Provider<File> folder, Provider<String> failOn) {
    this.command = command;
    this.runs = runs;
    this.folder = folder;
    this.failOn = failOn;
    root = getProject().getRootDir();
  }

  /** Called by Gradle. */
  @TaskAction
  public void report() throws IOException, InterruptedException {
    List<String> recorded = new ArrayList<>();
    for (File run : runs) {
      if (run.isDirectory()) {
        recorded.add(run.getPath());
      }
    }
    if (recorded.isEmpty()) {
      getLogger().info("memreport: no test was recorded");
      return;
    }
    if (Double.parseDouble(System.getProperty("java.specification.version")) < OLDEST) {
      getLogger()
          .warn(
              "memreport: there is no report, since Gradle runs on Java {}; run Gradle on Java 17 or newer",
              System.getProperty("java.specification.version"));
      return;
    }
    NestedJar.COMMAND.copyTo(command);
    run(recorded);
  }

  private void run(List<String> recorded) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                command.getPath(),
                "ci",
                "--or-analyze",
                "-o",
                folder.get().getPath(),
                "--fail-on",
                failOn.get()));
    arguments.addAll(recorded);
    Process process =
        new ProcessBuilder(arguments).directory(root).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        getLogger().lifecycle(line);
      }
    }
    int status = process.waitFor();
    if (status == CHECK_FAILED) {
      throw new GradleException(
          "memreport found what memreport.failOn="
              + failOn.get()
              + " names, see above and "
              + new File(folder.get(), "report.html"));
    } else if (status != 0) {
      getLogger().warn("memreport: the report may be incomplete, see above");
    }
  }
}
