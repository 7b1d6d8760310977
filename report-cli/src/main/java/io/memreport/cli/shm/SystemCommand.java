// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A command of the system that speaks only when it fails. */
final class SystemCommand {
  private SystemCommand() {}

  /**
   * Runs it to its end.
   *
   * @return what it said, if it failed
   * @throws IOException if it can't be run
   */
  static Optional<String> failure(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      int status = process.waitFor();
      return status == 0
          ? Optional.empty()
          : Optional.of(command.get(0) + " ended with status " + status + ": " + text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
