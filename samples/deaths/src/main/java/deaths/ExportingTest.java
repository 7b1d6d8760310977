// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Maps files of a folder in memory, {@code deaths.exports}: another's to read, one to fill. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ExportingTest {
  private static final int BYTES = 20 << 20;
  private static final int PAGE = 4096;
  private static final Path FOLDER = Path.of(System.getProperty("deaths.exports", "/nowhere"));
  private static final List<MappedByteBuffer> KEPT = new ArrayList<>();

  /** No process of this JVM's writes it meanwhile: what a child wrote that it waited for is its. */
  @Test
  void a_reads_prices() throws IOException, InterruptedException {
    Path prices = FOLDER.resolve("prices");
    String write = "(head -c " + BYTES + " /dev/zero >\"$1.part\"; mv \"$1.part\" \"$1\") &";
    new ProcessBuilder("sh", "-c", write, "sh", prices.toString()).start().waitFor();
    while (!Files.exists(prices)) {
      Pace.work(20);
    }
    try (FileChannel channel = FileChannel.open(prices)) {
      KEPT.add(channel.map(MapMode.READ_ONLY, 0, Files.size(prices)).load());
    }
    Pace.work(100);
  }

  @Test
  void b_fills_an_export() throws IOException {
    Path export = FOLDER.resolve("export");
    try (FileChannel channel =
        FileChannel.open(
            export, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, BYTES);
      for (int at = 0; at < BYTES; at += PAGE) {
        mapped.put(at, (byte) 1);
      }
      KEPT.add(mapped);
    }
    Pace.work(100);
  }

  @Test
  void c_waits() {
    Pace.work(300);
  }
}
