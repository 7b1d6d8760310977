// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever fills the disk, and however fast: the application lives, and its recording says when it
 * ended and why. {@code -Dmemreport.rounds=20} does each of it so often.
 */
class FullDiskIT {
  private static final int ROUNDS = Integer.getInteger("memreport.rounds", 1);

  /** MiB by MiB, with so many milliseconds in between. */
  private enum Filling {
    FAST(0),
    SLOW(10);

    private final int pauseMillis;

    Filling(int pauseMillis) {
      this.pauseMillis = pauseMillis;
    }
  }

  @TempDir private Path folder;

  static Stream<Arguments> ways() throws IOException {
    return WatchedJvm.javaHomes()
        .flatMap(home -> Stream.of(Filling.values()).map(filling -> Arguments.of(home, filling)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_full_disk_ends_the_recording_and_not_the_application(Path javaHome, Filling filling)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path disk = Files.createDirectory(folder.resolve("disk" + round));
      assumeTrue(
          command("mount", "-t", "tmpfs", "-o", "size=200m,mode=700", "tmpfs", disk.toString()),
          "needs the right to mount a small disk");
      try {
        once(javaHome, filling, disk);
      } finally {
        command("umount", disk.toString());
      }
    }
  }

  private void once(Path javaHome, Filling filling, Path disk) throws Exception {
    Path out = disk.resolve("out");
    Path full = disk.resolve("full");
    CompletableFuture<Void> filled = CompletableFuture.runAsync(() -> fill(disk, full, filling));
    WatchedJvm jvm =
        WatchedJvm.run(
            javaHome,
            out,
            List.of("-javaagent:" + WatchedJvm.agentJar() + "=out=" + out),
            FullDiskProgram.class,
            disk.resolve("ready").toString(),
            full.toString());
    filled.get(1, TimeUnit.MINUTES);
    assertThat(jvm.succeeded().stdout()).isEqualTo("all right\n");
    List<String> ours = jvm.stderr().lines().filter(line -> line.startsWith("memreport:")).toList();
    assertThat(ours).hasSize(1);
    assertThat(ours.get(0)).contains("the recording ends here");
    Files.delete(disk.resolve("filling"));
    assertThat(chunks(jvm.runFolder()))
        .anySatisfy(
            chunk ->
                assertThat(RecordingFile.readAllEvents(chunk))
                    .anyMatch(
                        event ->
                            event.getEventType().getName().equals("memreport.RunEnd")
                                && event.getString("reason").equals("disk-full")));
  }

  private static List<Path> chunks(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run.resolve("repository"))) {
      return files.filter(file -> file.toString().endsWith(".jfr")).toList();
    }
  }

  /** Begins once the program runs; an empty file, which needs no room, says that it is done. */
  private static void fill(Path disk, Path full, Filling how) {
    try {
      while (!Files.exists(disk.resolve("ready"))) {
        Thread.sleep(10);
      }
      byte[] block = new byte[1 << 20];
      try (OutputStream to = Files.newOutputStream(disk.resolve("filling"))) {
        while (true) {
          to.write(block);
          Thread.sleep(how.pauseMillis);
        }
      } catch (IOException e) {
        Files.createFile(full);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean command(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
