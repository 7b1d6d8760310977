// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.nativeheap.ReservedSpace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps blocks of the disk behind the end of the chunk that JFR writes: whoever fills the disk,
 * what JFR appends next has its place. One thread uses it.
 */
final class ChunkReserve {
  /** More than the end of a chunk takes, with all its constants. */
  private static final long AHEAD_BYTES = 16L << 20;

  private Path chunk;
  private long reservedTo;
  private volatile boolean changed = true;

  /** A new chunk begins; takes no lock. */
  void chunkBegan() {
    changed = true;
  }

  /**
   * Reserves more if much of it was used.
   *
   * @return false if there is no more to be had
   */
  boolean extend() {
    if (changed) {
      changed = false;
      Path newest = newest();
      if (newest != null && !newest.equals(chunk)) {
        release();
        chunk = newest;
        reservedTo = 0;
      }
    }
    if (chunk == null) {
      // JFR starts and has none yet.
      changed = true;
      return true;
    }
    long length = chunk.toFile().length();
    if (reservedTo - length >= AHEAD_BYTES / 2) {
      return true;
    }
    boolean first = reservedTo == 0;
    if (ReservedSpace.reserve(chunk, AHEAD_BYTES)) {
      reservedTo = length + AHEAD_BYTES;
      return true;
    }
    // Where the first one fails, as on some network file systems, none was ever to be had.
    return first;
  }

  /** Gives back what the chunk does not need any more. */
  void release() {
    if (chunk != null) {
      ReservedSpace.release(chunk);
      chunk = null;
    }
  }

  private static Path newest() {
    Path repository = JfrRepository.current();
    if (repository == null) {
      return null;
    }
    Path newest = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(repository, "*.jfr")) {
      for (Path file : files) {
        // JFR names them after the time, with a number behind those of one second.
        boolean later =
            newest == null
                || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0
                || Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(newest))
                    && file.compareTo(newest) > 0;
        newest = later ? file : newest;
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
    return newest;
  }
}
