// SPDX-License-Identifier: Apache-2.0
package warehouse;

/** The time that real work would take: long enough for forks to meet. */
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
