// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uploads are kept in buffers outside the heap until all have come. */
class DirectBuffersTest {
  private static final int UPLOADS = 1000;
  private static final int BYTES = 1 << 20;

  @Test
  @SuppressWarnings("ModifiedButNotUsed")
  void receives_uploads() {
    List<ByteBuffer> uploads = new ArrayList<>();
    for (int i = 0; i < UPLOADS; i++) {
      uploads.add(ByteBuffer.allocateDirect(BYTES));
      Pace.work(10);
    }
  }
}
