// SPDX-License-Identifier: Apache-2.0
package deaths;

/** Lets memory grow over seconds, as that of a program with real work to do. */
final class Pace {
  private Pace() {}

  static void work(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
