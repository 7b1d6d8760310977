// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a command with shared memory of its own: what it leaves behind goes with it.
 *
 * @param prefix what the command follows
 */
record OwnNamespace(List<String> prefix) {
  private static final long PATIENCE_SECONDS = 10;

  private static final List<String> MOUNTED =
      List.of("sh", "-c", "mount -t tmpfs tmpfs /dev/shm && exec \"$@\"", "sh");

  /** As root, or else as root of a user namespace; null where neither is allowed. */
  static OwnNamespace find() {
    for (List<String> unshare :
        List.of(
            List.of("unshare", "--ipc", "--mount"),
            List.of("unshare", "--map-root-user", "--ipc", "--mount"))) {
      List<String> prefix = new ArrayList<>(unshare);
      prefix.addAll(MOUNTED);
      if (works(prefix)) {
        return new OwnNamespace(List.copyOf(prefix));
      }
    }
    return null;
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process probe =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      probe.destroyForcibly();
      return ended && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
