// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** A unit test like most. */
class PriceTest {
  @Test
  void adds_tax() {
    assertEquals(new BigDecimal("119.00"), new BigDecimal("100").multiply(new BigDecimal("1.19")));
  }
}
