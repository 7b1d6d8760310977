// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real segments, in an IPC namespace of their own: nobody else's are seen or touched. */
class SharedMemoryIT {
  private static final Path SOURCE = Path.of("src/test/c/segments.c");

  @TempDir private static Path folder;
  private static List<String> namespace;
  private static Path helper;

  @BeforeAll
  static void can_be_tried() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/sysvipc/shm")), "no System V segments here");
    assumeTrue(runs("ipcmk", "--version") && runs("ipcrm", "--version"), "no ipcmk or ipcrm here");
    namespace = List.of("unshare", "--ipc", "--mount", "--propagation", "private");
    if (!enters()) {
      namespace = List.of("unshare", "--user", "--map-root-user", "--ipc", "--mount");
    }
    assumeTrue(enters(), "unshare may not make an IPC namespace here");
    helper = folder.resolve("segments");
    assumeTrue(
        runs("gcc", "-O1", "-o", helper.toString(), SOURCE.toString()),
        "no gcc that builds " + SOURCE + " here");
  }

  @Test
  void orphans_are_listed_and_removed_and_what_is_used_stays() throws Exception {
    inside("everyday");
  }

  @Test
  void nothing_live_is_removed_while_others_create_and_remove() throws Exception {
    inside("race");
  }

  private static boolean enters() throws InterruptedException {
    List<String> command = new ArrayList<>(namespace);
    command.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/dev/shm"));
    return runs(command.toArray(String[]::new));
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void inside(String what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(namespace);
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=16m tmpfs /dev/shm && exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SharedMemoryProgram.class.getName(),
            what,
            helper.toString()));
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    program.getOutputStream().close();
    String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(text.strip());
    assertThat(program.waitFor()).as(text).isZero();
  }
}
