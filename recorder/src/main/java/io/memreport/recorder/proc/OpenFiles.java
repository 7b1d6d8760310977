// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File descriptors of this process, by {@code /proc/self/fd} (proc_pid_fd(5)). */
public final class OpenFiles {
  private static final String FOLDER = ProcFile.ROOT + "/self/fd";

  private OpenFiles() {}

  /**
   * How many files, sockets and pipes are open, without the jars of class paths, which are opened
   * when a class is first looked for in them.
   *
   * @return -1 if that is not known, as on other systems than Linux
   */
  public static long count() {
    String[] numbers = new File(FOLDER).list();
    if (numbers == null) {
      return -1;
    }
    long count = 0;
    for (String number : numbers) {
      try {
        String target = Files.readSymbolicLink(Path.of(FOLDER, number)).toString();
        count += target.endsWith(".jar") ? 0 : 1;
      } catch (IOException | InvalidPathException e) {
        // Closed since, as the folder's own.
        continue;
      }
    }
    return count;
  }
}
