// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.ArrayList;
import java.util.List;
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
}
