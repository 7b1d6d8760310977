// SPDX-License-Identifier: Apache-2.0
package deaths;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A thread for every order, and deep recursion in each: stacks are memory once touched. */
class ThreadsTest {
  private static final int ORDERS = 2000;
  private static final int DEPTH = 9000;

  @Test
  void works_on_every_order_at_once() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < ORDERS; i++) {
      Thread worker = new Thread(() -> explode(DEPTH, end), "order-" + i);
      worker.setDaemon(true);
      worker.start();
      Pace.work(5);
    }
    end.countDown();
  }

  private static int explode(int parts, CountDownLatch end) {
    if (parts == 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 0;
    }
    return 1 + explode(parts - 1, end);
  }
}
