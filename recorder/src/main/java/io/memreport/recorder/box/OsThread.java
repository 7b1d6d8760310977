// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The operating system's thread under a Java thread, read through {@code /proc/thread-self}, a link
 * to {@code <pid>/task/<tid>}; see {@code proc(5)}.
 *
 * @param id as this process's PID namespace numbers it, or {@link MemreportEvent#UNKNOWN}
 * @param comm what the kernel calls it, empty if unknown
 */
record OsThread(long id, String comm) {
  private static final OsThread UNKNOWN = new OsThread(MemreportEvent.UNKNOWN, "");
  private static final Path SELF = Path.of(ProcFile.ROOT + "/thread-self");

  /** The current thread's; a virtual thread has none for long. */
  static OsThread current(Thread thread) {
    if (thread.getClass().getName().equals("java.lang.VirtualThread")) {
      return UNKNOWN;
    }
    try {
      long id = Long.parseLong(Files.readSymbolicLink(SELF).getFileName().toString());
      return new OsThread(
          id, Files.readString(SELF.resolve("comm"), StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }
}
