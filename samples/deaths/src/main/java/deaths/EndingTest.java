// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Endings that the kernel has no part in. */
class EndingTest {
  private static final List<byte[]> KEPT = new ArrayList<>();
  private static final int STATUS = 7;
  private static final int MIB = 1 << 20;

  @Test
  void exits() {
    System.exit(STATUS);
  }

  @Test
  void halts() {
    Runtime.getRuntime().halt(STATUS);
  }

  @Test
  void runs_out_of_heap() {
    while (true) {
      KEPT.add(new byte[MIB]);
      Pace.work(10);
    }
  }

  /** The pool keeps the error, and nobody asks for it. */
  @Test
  void runs_out_of_direct_buffers_in_a_pool() throws InterruptedException {
    List<ByteBuffer> received = new ArrayList<>();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(() -> receive(received)).get();
    } catch (ExecutionException e) {
      Pace.work(STATUS);
    } finally {
      pool.shutdown();
    }
  }

  private static void receive(List<ByteBuffer> received) {
    while (true) {
      received.add(ByteBuffer.allocateDirect(MIB));
    }
  }
}
