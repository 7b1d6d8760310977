// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectBuffersTest {
  private static final int BYTES = 20 << 20;

  @Test
  void whether_buffers_of_channels_are_counted_is_as_it_is_said(@TempDir Path folder)
      throws IOException {
    long before = DirectBuffers.used();
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("written"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(BYTES));
    }
    assertThat(DirectBuffers.used() - before >= BYTES).isEqualTo(DirectBuffers.areCounted());
  }
}
