// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another thread runs out of memory, and the test does not even notice. */
class RecoveringTest {
  private static final List<byte[]> PAGES = new ArrayList<>();
  private static final int MIB = 1 << 20;

  @Test
  void crawls_in_the_background() throws InterruptedException {
    Thread crawler = new Thread(RecoveringTest::crawl, "crawler");
    crawler.start();
    crawler.join();
    PAGES.clear();
    Pace.work(200);
  }

  private static void crawl() {
    while (true) {
      PAGES.add(new byte[MIB]);
      Pace.work(2);
    }
  }
}
