// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A real JVM under the real agent, and what it left behind. */
public record WatchedJvm(int exitCode, String stdout, String stderr, Path out) {
  /** For a JVM whose code is to be compiled as it is where people run it. */
  public static final String BOTH_COMPILERS = "-XX:TieredStopAtLevel=4";

  /** Most of these JVMs end before the second compiler pays: it takes two fifths of their time. */
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  /** A soak takes long. */
  private static final long TIMEOUT_SECONDS =
      System.getProperty("memreport.soak") == null ? 300 : 3600;

  /** Where the agent's jar lies once the module is packaged. */
  public static Path agentJar() {
    return Path.of(System.getProperty("memreport.agent.jar", "target/memreport-agent.jar"))
        .toAbsolutePath();
  }

  /** The JDKs to start: the one that runs this test, and a newer one where it is installed. */
  public static Stream<Path> javaHomes() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    List<Path> homes = new ArrayList<>(List.of(own));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> others = Files.list(installed)) {
        others
            .filter(home -> home.getFileName().toString().contains("25"))
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .findFirst()
            .ifPresent(homes::add);
      }
    }
    if (homes.size() == 1) {
      System.out.println("Only " + own + " is tested: no JDK 25 under " + installed);
    }
    return homes.stream();
  }

  /** Starts a JVM with this test's class path and waits for its end. */
  public static WatchedJvm run(
      Path javaHome, Path out, String agentOptions, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String agent = "-javaagent:" + agentJar() + "=out=" + out + agentOptions;
    return run(javaHome, out, List.of(agent), main, arguments);
  }

  /** Starts a JVM with these arguments, one of which is the agent, and waits for its end. */
  public static WatchedJvm run(
      Path javaHome, Path out, List<String> jvmArguments, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    return run(javaHome, out, classPath, jvmArguments, main, arguments);
  }

  /** Starts this JVM under the agent, with a library of another age instead of this test's. */
  public static WatchedJvm runWith(
      String library, Path out, String agentOptions, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(
        Path.of(System.getProperty("java.home")),
        out,
        classPathWith(library),
        List.of("-javaagent:" + agentJar() + "=out=" + out + agentOptions),
        main,
        arguments);
  }

  private static String classPathWith(String library) {
    String family = library.startsWith("junit") ? "junit" : "sqlite-jdbc";
    return Stream.concat(
            Stream.of(Path.of("target/compatibility", library).toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(family)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts this JVM under the agent with a class path of its own. */
  public static WatchedJvm runProgram(
      String classPath, Path out, String agentOptions, String main, String... arguments)
      throws IOException, InterruptedException {
    return run(
        Path.of(System.getProperty("java.home")),
        out,
        classPath,
        List.of("-javaagent:" + agentJar() + "=out=" + out + agentOptions, "-Xmx256m"),
        main,
        arguments);
  }

  /** Starts a JVM with these arguments and a class path of its own. */
  public static WatchedJvm run(
      Path javaHome,
      Path out,
      String classPath,
      List<String> jvmArguments,
      Class<?> main,
      String... arguments)
      throws IOException, InterruptedException {
    return run(javaHome, out, classPath, jvmArguments, main.getName(), arguments);
  }

  private static WatchedJvm run(
      Path javaHome,
      Path out,
      String classPath,
      List<String> jvmArguments,
      String main,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.add(FIRST_COMPILER);
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
    Path stdout = Files.createTempFile("stdout", ".txt");
    Path stderr = Files.createTempFile("stderr", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("Still running: " + command);
    }
    return new WatchedJvm(
        process.exitValue(), Files.readString(stdout), Files.readString(stderr), out);
  }

  /** The only run folder. */
  public Path runFolder() throws IOException {
    try (Stream<Path> folders = Files.list(out)) {
      return folders.findFirst().orElseThrow();
    }
  }

  /** All events of an orderly ended run. */
  public List<RecordedEvent> events() throws IOException {
    return RecordingFile.readAllEvents(runFolder().resolve("recording.jfr"));
  }

  /** Fails with all that the JVM said unless it ended well. */
  public WatchedJvm succeeded() {
    if (exitCode != 0) {
      throw new AssertionError("exit " + exitCode + "\n" + stdout + "\n" + stderr);
    }
    return this;
  }
}
