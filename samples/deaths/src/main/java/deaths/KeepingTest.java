// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Without full collections between them: a cache that may go, buffers that stay, and the JDK's. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class KeepingTest {
  private static final List<SoftReference<byte[]>> CACHED = new ArrayList<>();
  private static final List<ByteBuffer> RECEIVED = new ArrayList<>();
  private static final int MIB = 1 << 20;
  private static final int BUFFERS = 48;
  private static final int WRITTEN = 20 * MIB;

  @Test
  void a_caches_softly() {
    for (int i = 0; i < 60; i++) {
      CACHED.add(new SoftReference<>(new byte[MIB / 2]));
    }
    Pace.work(200);
  }

  @Test
  void b_keeps_what_it_received() {
    for (int i = 0; i < BUFFERS; i++) {
      RECEIVED.add(ByteBuffer.allocateDirect(MIB));
    }
  }

  /** Its thread keeps the JDK's buffer for the next time. */
  @Test
  void c_writes_an_array_to_a_channel() throws IOException {
    Path file = Files.createTempFile("written", ".dat");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(WRITTEN));
    }
    Files.delete(file);
  }
}
