// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Without full collections between them: a cache that may go, and buffers that stay. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class KeepingTest {
  private static final List<SoftReference<byte[]>> CACHED = new ArrayList<>();
  private static final List<ByteBuffer> RECEIVED = new ArrayList<>();
  private static final int MIB = 1 << 20;

  @Test
  void a_caches_softly() {
    for (int i = 0; i < 60; i++) {
      CACHED.add(new SoftReference<>(new byte[MIB / 2]));
    }
    Pace.work(200);
  }

  @Test
  void b_keeps_what_it_received() {
    // Without full collections between tests, two samples tell them apart.
    Pace.work(200);
    for (int i = 0; i < 24; i++) {
      RECEIVED.add(ByteBuffer.allocateDirect(MIB));
    }
    Pace.work(200);
  }
}
