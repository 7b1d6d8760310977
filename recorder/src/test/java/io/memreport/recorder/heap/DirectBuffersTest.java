// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectBuffersTest {
  private static final int BYTES = 40 << 20;

  @Test
  void whether_buffers_of_channels_are_counted_is_as_it_is_said(@TempDir Path folder)
      throws Exception {
    long grown = onNewThread(() -> grownBy(folder.resolve("written")));
    // Garbage of other tests may be collected meanwhile.
    assertThat(grown > BYTES / 2).isEqualTo(DirectBuffers.areCounted());
  }

  private static long grownBy(Path file) throws IOException {
    long before = DirectBuffers.used();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(BYTES));
    }
    return DirectBuffers.used() - before;
  }

  /** It has kept no buffer yet. */
  private static long onNewThread(Callable<Long> work) throws Exception {
    FutureTask<Long> task = new FutureTask<>(work);
    new Thread(task).start();
    return task.get();
  }
}
