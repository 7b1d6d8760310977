// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.shm;

import io.memreport.model.shm.PosixShm;
import io.memreport.model.shm.ShmObject;
import io.memreport.model.shm.SysvShm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Removes one piece of shared memory: {@code shmctl(IPC_RMID)} by ipcrm(1), or shm_unlink(3). */
final class ShmDeletion {
  private static final Path FOLDER = Path.of("/dev/shm");

  private ShmDeletion() {}

  /** Why it failed, if it did. */
  static Optional<String> of(ShmObject object) {
    return object instanceof SysvShm segment
        ? sysv(segment)
        : posix(FOLDER.resolve(((PosixShm) object).name()));
  }

  private static Optional<String> sysv(SysvShm segment) {
    try {
      return SystemCommand.failure(List.of("ipcrm", "-m", segment.name()));
    } catch (IOException e) {
      return Optional.of(
          "ipcrm, which removes it, can't be run (" + e.getMessage() + "): install util-linux");
    }
  }

  private static Optional<String> posix(Path file) {
    try {
      Files.delete(file);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of("it is gone");
    } catch (IOException e) {
      return Optional.of("can't be removed: " + e.getMessage());
    }
  }
}
