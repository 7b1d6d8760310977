// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files in a folder that is memory: they are charged, and no kill gives them back. */
class SharedMemoryTest {
  private static final int FRAMES = 1000;
  private static final int BYTES = 1 << 20;

  @Test
  void shares_frames_with_a_viewer() throws IOException {
    Path frames = Path.of(System.getProperty("deaths.shared"), "frames");
    byte[] frame = new byte[BYTES];
    try (OutputStream out = Files.newOutputStream(frames)) {
      for (int i = 0; i < FRAMES; i++) {
        out.write(frame);
        Pace.work(10);
      }
    }
  }
}
