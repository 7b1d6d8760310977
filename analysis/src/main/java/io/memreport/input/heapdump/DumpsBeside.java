// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.JvmLimits;
import io.memreport.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The heap dumps that JVMs left in their working folders when they ran out of memory. */
public final class DumpsBeside {
  private DumpsBeside() {}

  /** Those of these runs that are still there, under the name that a JVM gives them. */
  public static List<Path> of(List<Run> runs) {
    return runs.stream().map(DumpsBeside::of).filter(Objects::nonNull).toList();
  }

  private static Path of(Run run) {
    JvmLimits limits = run.context() == null ? null : run.context().limits();
    if (limits == null || limits.workingDirectory() == null || run.pid() == null) {
      return null;
    }
    try {
      Path file = Path.of(limits.workingDirectory(), "java_pid" + run.pid() + ".hprof");
      // A number is used again: what is older than the run is of another process.
      return Files.isRegularFile(file)
              && run.startedAt() != null
              && !Files.getLastModifiedTime(file).toInstant().isBefore(run.startedAt())
          ? file
          : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
