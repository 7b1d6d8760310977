// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Space on a disk that is taken to be given back: if others fill it while a recording ends, what
 * the end needs is still there. The file has no name, so that nothing of it stays, whatever ends
 * the JVM.
 */
final class Ballast implements AutoCloseable {
  /** The end of a chunk with its constants takes a few MB at most. */
  static final int BYTES = 16 << 20;

  /** Little: it counts as a direct buffer of the JVM until something is collected. */
  private static final int AT_ONCE = 1 << 16;

  private final FileChannel file;

  private Ballast(FileChannel file) {
    this.file = file;
  }

  /** Takes the space, below this folder. */
  static Ballast take(Path folder) throws IOException {
    Path name = folder.resolve("ballast");
    FileChannel file = PrivateFiles.create(name);
    try {
      Files.delete(name);
      ByteBuffer zeros = ByteBuffer.allocateDirect(AT_ONCE);
      for (int written = 0; written < BYTES; written += AT_ONCE) {
        zeros.clear();
        while (zeros.hasRemaining()) {
          file.write(zeros);
        }
      }
      return new Ballast(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Gives the space back; more than once does no harm. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // Then it comes back with the end of the JVM.
      return;
    }
  }
}
