// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.recorder.memory.Cgroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a stand-in for systemd-run that makes the cgroup itself: a machine on which tests run may
 * have no systemd.
 */
class SystemdScopeTest {
  private static final long LIMIT = 64 << 20;

  @TempDir Path folder;

  private final Cgroup made =
      Cgroup.ofThisProcess().folder() == null
          ? null
          : Cgroup.ofThisProcess().below("memreport-scope-" + ProcessHandle.current().pid());

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (made != null) {
      Files.deleteIfExists(Path.of(made.folder()));
    }
  }

  @Test
  void a_command_enters_the_scope_that_was_made_for_it() throws Exception {
    boolean v2 = made != null && "v2".equals(made.version());
    if (made == null || v2 || !Files.isWritable(Path.of(made.folder()).getParent())) {
      System.out.println("Skipped: no cgroup can be made here");
      Assumptions.abort("no cgroup can be made here");
    }
    String systemdRun =
        script(
            """
            printf '%%s\\n' "$*" >> %1$s/calls
            limit=
            while [ "$1" != /bin/sh ]; do
              case $1 in MemoryMax=*) limit=${1#*=} ;; esac
              shift
            done
            if [ -n "$limit" ]; then
              mkdir %2$s && echo "$limit" > %2$s/memory.limit_in_bytes && echo $$ > %2$s/cgroup.procs
            fi
            exec "$@"
            """
                .formatted(folder, made.folder()));
    try (LimitedCgroup limited = LimitedCgroup.ofSystemd(LIMIT, systemdRun)) {
      assertThat(limited.cgroup().folder()).isEqualTo(made.folder());
      Process command =
          new ProcessBuilder(limited.inside(List.of("cat", "/proc/self/cgroup"))).start();
      assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(":memory:" + made.path() + "\n");
      assertThat(command.waitFor()).isZero();
      assertThat(Files.readAllLines(Path.of(made.folder(), "cgroup.procs")))
          .as("the holder keeps it")
          .hasSize(1);
    }
    assertThat(Files.readString(folder.resolve("calls")))
        .contains("--user --scope --quiet --collect --unit=memreport-")
        .contains("-p MemoryMax=67108864 -p MemorySwapMax=0 /bin/sh -c echo inside")
        .contains("--user --scope --quiet --collect -- /bin/sh -c echo $$");
    assertThat(Files.readAllLines(Path.of(made.folder(), "cgroup.procs"))).isEmpty();
  }

  @Test
  void what_systemd_says_is_the_reason() throws Exception {
    String systemdRun = script("echo 'Failed to connect to bus: No medium found' >&2; exit 1");
    assertThatThrownBy(() -> SystemdScope.hold(systemdRun, LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage(systemdRun + " --user --scope: Failed to connect to bus: No medium found");
  }

  @Test
  void a_scope_without_the_limit_is_refused() throws Exception {
    String systemdRun = script("while [ \"$1\" != /bin/sh ]; do shift; done; exec \"$@\"");
    assertThatThrownBy(() -> SystemdScope.hold(systemdRun, 4096))
        .hasMessage("the user's systemd may not limit memory");
  }

  private String script(String text) throws IOException {
    Path file = folder.resolve("systemd-run");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
