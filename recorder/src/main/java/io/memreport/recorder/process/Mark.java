// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the environment of a child process says of where it comes from. Daemons inherit it: it
 * outlives the process between, and the JVM.
 *
 * @param testId the test that started it, 0 for none
 */
record Mark(long jvmPid, long jvmStartTicks, long testId) {
  /** The variable's name. */
  static final String VARIABLE = "MEMREPORT_OWNER";

  private static final String PREFIX = "\0" + VARIABLE + "=";

  /** The variable's value: {@code 4711:123456:7}. */
  String value() {
    return jvmPid + ":" + jvmStartTicks + ":" + testId;
  }

  /** Reads that of a process; null if it has none, or is not ours to read. */
  static Mark of(long pid) {
    try {
      byte[] environment = Files.readAllBytes(Path.of(ProcFile.ROOT + "/" + pid + "/environ"));
      return find("\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0");
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * @param environment variables, each between zero characters
   */
  static Mark find(String environment) {
    int at = environment.indexOf(PREFIX);
    if (at < 0) {
      return null;
    }
    int from = at + PREFIX.length();
    String[] parts = environment.substring(from, environment.indexOf('\0', from)).split(":");
    try {
      return parts.length == 3
          ? new Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
