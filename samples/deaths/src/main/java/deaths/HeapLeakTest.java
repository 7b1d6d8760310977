// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A static map that nobody empties. */
class HeapLeakTest {
  private static final Map<Integer, byte[]> CUSTOMERS = new HashMap<>();
  private static final int COUNT = 100_000;
  private static final int BYTES = 10_000;

  @Test
  void remembers_every_customer() {
    for (int i = 0; i < COUNT; i++) {
      CUSTOMERS.put(i, new byte[BYTES]);
      if (i % 200 == 0) {
        Pace.work(10);
      }
    }
  }
}
