// SPDX-License-Identifier: Apache-2.0
package deaths;

import org.junit.jupiter.api.Test;

/** Takes nothing and waits: whatever ends this JVM, it is not its own doing. */
class ServiceTest {
  private static final int MINUTE_MILLIS = 60_000;

  @Test
  void waits_for_a_slow_service() {
    System.out.println("waiting");
    Pace.work(MINUTE_MILLIS);
  }

  @Test
  void waits_although_asked_to_end() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Pace.work(MINUTE_MILLIS)));
    waits_for_a_slow_service();
  }
}
