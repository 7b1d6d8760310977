// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps a day's deliveries on the Java heap until all are checked. */
class BulkImportPerformanceTest {
  private static final int BATCHES = 100;
  private static final int BATCH_BYTES = 1 << 20;

  @Test
  void imports_a_day_of_deliveries() {
    List<byte[]> deliveries = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      deliveries.add(new byte[BATCH_BYTES]);
      Pace.work(30);
    }
    Pace.work(4000);
    assertEquals(BATCHES, deliveries.size());
  }
}
