// SPDX-License-Identifier: Apache-2.0
package deaths;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Keeps nothing; but a collector that may take more than the limit sees no reason to collect. */
class GarbageTest {
  private static final int INVOICES = 10_000;
  private static final int LINES = 1000;

  @Test
  void renders_invoices() {
    for (int i = 0; i < INVOICES; i++) {
      StringBuilder invoice = new StringBuilder();
      for (int line = 0; line < LINES; line++) {
        invoice.append("invoice ").append(i).append(" line ").append(line).append('\n');
      }
      assertTrue(invoice.toString().endsWith("\n"));
      Pace.work(1);
    }
  }
}
