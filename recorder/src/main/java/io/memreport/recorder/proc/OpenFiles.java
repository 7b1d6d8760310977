// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import io.memreport.recorder.event.MemreportEvent;
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
   * What is open.
   *
   * @param others files, sockets and pipes
   * @param jars those of class paths, which are opened when a class is first looked for in them
   */
  public record Count(long others, long jars) {}

  /** How many descriptors are open; unknown on other systems than Linux. Some microseconds. */
  public static long descriptors() {
    String[] numbers = numbers();
    return numbers == null ? MemreportEvent.UNKNOWN : numbers.length;
  }

  /** What they are, which takes a look at each; null if that is not known. */
  public static Count count() {
    String[] numbers = numbers();
    if (numbers == null) {
      return null;
    }
    long jars = 0;
    long others = 0;
    for (String number : numbers) {
      try {
        String target = Files.readSymbolicLink(Path.of(FOLDER, number)).toString();
        if (target.endsWith(".jar")) {
          jars++;
        } else {
          others++;
        }
      } catch (IOException | InvalidPathException e) {
        // Closed since, as the folder's own.
        continue;
      }
    }
    return new Count(others, jars);
  }

  private static String[] numbers() {
    return new File(FOLDER).list();
  }
}
