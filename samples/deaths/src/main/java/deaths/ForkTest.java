// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Modest alone: takes its part step by step and then works with it for a while. */
class ForkTest {
  private static final int MIB = 1 << 20;
  private static final int PART = 70;

  @Test
  void holds_its_part() {
    List<byte[]> part = new ArrayList<>();
    for (int i = 0; i < PART; i++) {
      part.add(new byte[MIB]);
      Pace.work(40);
    }
    Pace.work(part.size() * 50);
  }
}
