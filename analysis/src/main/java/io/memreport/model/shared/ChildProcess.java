// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that a run started, or that one of its processes did. Times are to a fifth of a second.
 *
 * @param id of its row
 * @param test that it belongs to, or null
 * @param foundBy how it is known: {@code started}, {@code mark} or {@code parent}
 * @param folder its current directory: of a PostgreSQL server that of its data
 * @param endedAt null if it was alive when it was last looked at
 * @param exitStatus null unless the run itself started it and saw it end
 * @param peakAnonBytes the most anonymous memory that a sample has seen, or null
 * @param anonBytes what the last sample has seen
 * @param shmemBytes shared memory that it had touched, likewise
 * @param outlivedMillis how long after the end of its test it was alive; null if it was not, or its
 *     test did not end
 */
public record ChildProcess(
    String id,
    String runId,
    @Nullable String test,
    long pid,
    long parentPid,
    String foundBy,
    @Nullable String command,
    @Nullable String folder,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long exitStatus,
    @Nullable Long peakAnonBytes,
    @Nullable Long anonBytes,
    @Nullable Long shmemBytes,
    @Nullable Long outlivedMillis) {

  /** Whether it is the process that all others of a PostgreSQL server are children of. */
  @JsonProperty("postmaster")
  public boolean isPostmaster() {
    String program = program();
    // Those of initdb begin with the option that says what they are for.
    return command != null
        && ("postgres".equals(program) || "postmaster".equals(program))
        && command.contains(" -D ")
        && !command.contains(program + " --");
  }

  /** The program's name without its folder, or null. */
  public @Nullable String program() {
    if (command == null || command.isEmpty()) {
      return null;
    }
    String path = command.split(" ", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
