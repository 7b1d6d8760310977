// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Maven build whose forks do not fit together, in a real memory cgroup. */
final class SurefireForks {
  static final long LIMIT = 640L << 20;
  private static final Path PROJECT = Path.of("..", "parallel-oom").toAbsolutePath().normalize();
  private static final int TIMEOUT_SECONDS = 600;

  private static DeadRun died;

  private SurefireForks() {}

  /** Runs the build once, for all who look at it. */
  static synchronized DeadRun run() throws IOException, InterruptedException {
    if (died == null) {
      died = build();
    }
    return died;
  }

  private static DeadRun build() throws IOException, InterruptedException {
    Path folder = DeadRun.emptyFolder("PARALLEL_SUREFIRE");
    Path runs = folder.resolve("runs");
    Path console = folder.resolve("console.txt");
    // What the compiler takes is no part of the incident.
    mvn(console, maven("test-compile"));
    String agent = System.getProperty("memreport.agent.jar") + "=out=" + runs;
    List<String> test = maven("surefire:test", "-DskipTests=false", "-Dagent=-javaagent:" + agent);
    KernelLog log = KernelLog.fromNow();
    try (MemoryCgroup cgroup = MemoryCgroup.create("PARALLEL_SUREFIRE", LIMIT)) {
      int exitCode = mvn(console, cgroup.inside(test));
      Path kernelLog = Files.write(folder.resolve("kernel.log"), log.since());
      return new DeadRun(runs, console, kernelLog, List.of(exitCode), cgroup.name());
    }
  }

  private static List<String> maven(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("memreport.maven"));
    command.addAll(List.of("-o", "-B", "-f", PROJECT.resolve("pom.xml").toString()));
    command.add("-Dmaven.repo.local=" + System.getProperty("memreport.repository"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int mvn(Path console, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder maven =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
    maven.environment().put("MAVEN_OPTS", "-Xmx96m");
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = maven.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Maven still runs: " + Files.readString(console));
    }
    return process.exitValue();
  }
}
