// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a death leaves: run folders, the console, the kernel's log, and an exit status per fork. */
record DeadRun(Path runs, Path console, Path kernelLog, List<Integer> exitCodes, String cgroup) {
  private static final int TIMEOUT_SECONDS = 300;

  /** Totals are written once a second, and JFR flushes once a second: the third flush has both. */
  private static final int FLUSHES = 3;

  private static final Map<Death, DeadRun> DIED = new ConcurrentHashMap<>();

  /** Each death is died once, for all who look at it. */
  static DeadRun of(Death death) throws IOException, InterruptedException {
    synchronized (death) {
      DeadRun run = DIED.get(death);
      if (run == null) {
        run = die(death);
        DIED.put(death, run);
      }
      return run;
    }
  }

  private static DeadRun die(Death death) throws IOException, InterruptedException {
    Path folder = emptyFolder(death.name());
    Path console = folder.resolve("console.txt");
    KernelLog log = KernelLog.fromNow();
    List<Process> forks = new ArrayList<>();
    Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "memreport-deaths");
    try (MemoryCgroup cgroup = MemoryCgroup.create(death.name(), death.limitBytes)) {
      for (int i = 0; i < death.forks; i++) {
        forks.add(
            new ProcessBuilder(cgroup.inside(java(death, folder, shared)))
                // A JVM that crashes writes its recording where it stands.
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                .start());
      }
      if (death.intervention != Intervention.NOTHING) {
        awaitWaiting(forks.get(0), console, folder.resolve("runs"));
        death.intervention.on(forks.get(0), cgroup);
      }
      List<Integer> exitCodes = new ArrayList<>();
      for (Process fork : forks) {
        if (!fork.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException(death + " still lives: " + Files.readString(console));
        }
        exitCodes.add(fork.exitValue());
      }
      Path kernelLog = Files.write(folder.resolve("kernel.log"), log.since());
      return new DeadRun(folder.resolve("runs"), console, kernelLog, exitCodes, cgroup.name());
    } finally {
      // Files in shared memory outlive whoever made them.
      delete(shared);
    }
  }

  /** A place under target for what a death leaves, with a folder for temporary files. */
  static Path emptyFolder(String name) throws IOException {
    Path folder = Path.of("target", "deaths", name).toAbsolutePath();
    delete(folder);
    Files.createDirectories(folder.resolve("tmp"));
    return folder;
  }

  private static List<String> java(Death death, Path folder, Path shared) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add(
        "-javaagent:"
            + System.getProperty("memreport.agent.jar")
            + "=out="
            + folder.resolve("runs"));
    command.addAll(death.jvmArguments);
    command.add("-XX:ErrorFile=" + folder.resolve("hs_err_pid%p.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.add("-Ddeaths.shared=" + shared);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "deaths.SuiteMain"));
    command.addAll(List.of("PriceTest", death.test));
    return command;
  }

  private static void awaitWaiting(Process fork, Path console, Path runs)
      throws IOException, InterruptedException {
    while (!Files.readString(console).contains("waiting")) {
      pause(fork, console);
    }
    long flushed = flushed(runs);
    for (int flushes = 0; flushes < FLUSHES; ) {
      pause(fork, console);
      long now = flushed(runs);
      flushes += now == flushed ? 0 : 1;
      flushed = now;
    }
  }

  private static void pause(Process fork, Path console) throws IOException, InterruptedException {
    if (!fork.isAlive()) {
      throw new IllegalStateException("ended by itself: " + Files.readString(console));
    }
    Thread.sleep(50);
  }

  /** Bytes that JFR has written. */
  private static long flushed(Path runs) throws IOException {
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
