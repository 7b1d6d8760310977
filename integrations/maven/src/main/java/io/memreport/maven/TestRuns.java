// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of tests in a build: where they record, and what came of it. Modules run in parallel.
 */
final class TestRuns {
  private static final Logger LOG = LoggerFactory.getLogger(TestRuns.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Options options;
  private final Path folder;
  private final Instant began = Instant.now();

  /** Where the tests of each module record, by the module's folder. */
  private final Map<Path, Path> recordings = new ConcurrentSkipListMap<>();

  /** The mojos that run now, with how many run folders there were before. */
  private final Map<MojoExecution, Long> running = new ConcurrentHashMap<>();

  /**
   * @param folder of the build as a whole
   */
  TestRuns(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /** A mojo is about to run: what it starts gets the agent if it is one that runs tests. */
  void started(ExecutionEvent event) throws IOException {
    MojoExecution mojo = event.getMojoExecution();
    if (!TestMojo.runsTests(mojo)) {
      return;
    }
    MavenProject project = event.getProject();
    Path target = Path.of(project.getBuild().getDirectory());
    Path runs = target.resolve("memreport/runs").resolve(STAMP.format(began));
    Path agent = target.resolve("memreport").resolve(NestedJar.AGENT.fileName());
    // The build may have deleted it since: clean comes before tests.
    NestedJar.AGENT.copyTo(agent);
    recordings.put(project.getBasedir().toPath(), runs);
    running.put(mojo, count(runs));
    Xpp3Dom configuration = mojo.getConfiguration();
    if (configuration == null) {
      configuration = new Xpp3Dom("configuration");
    }
    TestMojo.addAgent(configuration, agent, runs, options.environment(), System.getenv());
    mojo.setConfiguration(configuration);
  }

  /** It has run, whether well or not. */
  void ended(ExecutionEvent event) throws IOException {
    MojoExecution mojo = event.getMojoExecution();
    Long before = running.remove(mojo);
    if (before == null) {
      return;
    }
    MavenProject project = event.getProject();
    boolean recorded = count(recordings.get(project.getBasedir().toPath())) > before;
    if (!recorded && TestMojo.ranTests(project, mojo, began)) {
      LOG.warn(
          "memreport recorded nothing of the tests of {}: {}",
          project.getArtifactId(),
          TestMojo.whyNothing(mojo, project));
    }
  }

  /**
   * Writes the reports, and says what is in them.
   *
   * @return why the build is to fail, or null
   */
  String explain() throws IOException, ReflectiveOperationException {
    List<Path> all = new ArrayList<>();
    for (Path runs : recordings.values()) {
      if (count(runs) > 0) {
        all.add(runs);
      }
    }
    if (all.isEmpty()) {
      return null;
    }
    try (Explainer explainer = new Explainer(folder)) {
      if (all.size() > 1) {
        for (Path runs : all) {
          explainer.analyze(runs, runs.getParent().getParent());
        }
      }
      Explainer.Result result = explainer.conclude(all, folder, options.failOn());
      // As they are: what a server reads begins its line.
      result.toServer().forEach(System.out::println);
      result.said().forEach(LOG::info);
      result.problems().forEach(LOG::warn);
      return result.failed()
          ? result.said().get(0) + " (memreport.failOn=" + options.failOn() + ")"
          : null;
    }
  }

  private static long count(Path runs) throws IOException {
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    long count = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
      for (Path run : folders) {
        count += Files.isDirectory(run) ? 1 : 0;
      }
    }
    return count;
  }
}
