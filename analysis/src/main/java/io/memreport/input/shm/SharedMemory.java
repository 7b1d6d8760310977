// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.model.shm.ShmFacts;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The shared memory of the machine that this runs on. */
public final class SharedMemory {
  private SharedMemory() {}

  /**
   * Reads it now.
   *
   * @throws IOException if this system has no table of it that can be read; the message is one
   *     line: what, where, what to do
   */
  public static ShmFacts read() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return LinuxSharedMemory.read();
    }
    if (system.startsWith("mac")) {
      return MacosSharedMemory.read();
    }
    throw new IOException(
        "shared memory: "
            + System.getProperty("os.name")
            + " has no table of System V segments and no /dev/shm: run memreport on Linux or macOS, or inside WSL");
  }

  /** Where programs of this user keep what lives for a while. */
  static List<String> temporaryFolders() {
    Set<String> folders = new LinkedHashSet<>();
    folders.add("/tmp");
    folders.add("/var/tmp");
    folders.add("/private/tmp");
    folders.add("/private/var/tmp");
    folders.add(System.getProperty("java.io.tmpdir"));
    folders.add(System.getenv("TMPDIR"));
    return folders.stream()
        .filter(folder -> folder != null && folder.startsWith("/"))
        .map(folder -> folder.replaceAll("/+$", ""))
        .filter(folder -> !folder.isEmpty())
        .distinct()
        .toList();
  }
}
