// SPDX-License-Identifier: Apache-2.0
package postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An IPC namespace with limits of its own, and a {@code /dev/shm} of its own. */
final class Namespace implements AutoCloseable {
  private final Process holder;

  private Namespace(Process holder) {
    this.holder = holder;
  }

  /** Null where this user may not make one. */
  static Namespace open(int shmmni, String devShm) throws IOException {
    Process holder =
        new ProcessBuilder(
                "unshare",
                "--ipc",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size="
                    + devShm
                    + " tmpfs /dev/shm && echo "
                    + shmmni
                    + " > /proc/sys/kernel/shmmni && echo ready && exec sleep 600")
            .redirectErrorStream(true)
            .start();
    BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      holder.destroyForcibly();
      return null;
    }
    return new Namespace(holder);
  }

  /** A command that runs inside. */
  ProcessBuilder run(List<String> command, Path log) {
    List<String> inside =
        new ArrayList<>(
            List.of("nsenter", "--target", Long.toString(holder.pid()), "--ipc", "--mount", "--"));
    inside.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(inside).redirectErrorStream(true);
    return log == null ? builder : builder.redirectOutput(log.toFile());
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
