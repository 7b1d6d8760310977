// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One thread's own account of what it does, in a mapped file that outlives a SIGKILL: a test or a
 * query is noted as twice its number while it runs, and one more from then on.
 */
record Lane(ByteBuffer marks, int at) {
  static final int TEST = 0;
  static final int QUERY = 8;
  private static final int SIZE = 64;

  /** All lanes, and behind them some words for the clock. */
  static MappedByteBuffer open(Path file, int lanes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer marks =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) (lanes + 1) * SIZE);
      marks.order(ByteOrder.LITTLE_ENDIAN);
      return marks;
    }
  }

  static Lane of(ByteBuffer marks, int lane) {
    return new Lane(marks, lane * SIZE);
  }

  void begin(int what, long number) {
    marks.putLong(at + what, 2 * number);
  }

  void end(int what, long number) {
    marks.putLong(at + what, 2 * number + 1);
  }

  long number(int what) {
    return marks.getLong(at + what) / 2;
  }

  boolean runs(int what) {
    return marks.getLong(at + what) % 2 == 0;
  }
}
