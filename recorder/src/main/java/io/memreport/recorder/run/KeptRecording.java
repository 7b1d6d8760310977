// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.chunk.ChunkFilter;
import io.memreport.recorder.chunk.ChunkHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The events of a run that are kept, written out of JFR's chunks when the recording ends. */
final class KeptRecording {
  /** Some 500 MB; the end of a JVM may not wait for more. */
  private static final long MOST_SECONDS = 5;

  private KeptRecording() {}

  /**
   * Writes them; a reader sees a whole file or none.
   *
   * @param chunks complete ones, oldest first
   * @param kept which types of events, by name
   * @throws IOException if a chunk can't be read, there is no room, or it takes too long
   */
  static void write(List<Path> chunks, Predicate<String> kept, Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    ChunkFilter filter = new ChunkFilter(kept);
    long begin = System.nanoTime();
    try {
      try (FileChannel out = PrivateFiles.create(fresh)) {
        for (Path chunk : chunks) {
          if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
            throw new IOException("it takes more than " + MOST_SECONDS + " s");
          }
          copy(chunk, filter, out);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void copy(Path chunk, ChunkFilter filter, FileChannel out) throws IOException {
    try (FileChannel in =
        FileChannel.open(chunk, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate(ChunkHeader.LENGTH);
      while (bytes.hasRemaining() && in.read(bytes) > 0) {}
      ChunkHeader header = ChunkHeader.read(bytes.flip(), 0);
      if (header == null) {
        throw new IOException(chunk + " is no chunk of JFR");
      }
      filter.copy(in, 0, header, out);
    }
  }
}
