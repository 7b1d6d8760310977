// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.box.BoxExhaustion;
import io.memreport.model.Exhaustion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Errors that the JVM counts, and others that it does not: the first one is the earliest. */
class ErrorEventsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void errors_are_told_in_the_order_of_time() {
    ErrorEvents errors = new ErrorEvents();
    errors.add(of(1L << 32 | 1, NOON, "Cannot reserve 9 bytes of direct buffer memory"));
    errors.add(of(1, NOON.plusSeconds(1), "Java heap space"));
    errors.add(of(2, NOON.minusSeconds(1), "Metaspace"));
    assertThat(errors.errors("r"))
        .extracting(Exhaustion::what)
        .containsExactly(
            "Metaspace", "Cannot reserve 9 bytes of direct buffer memory", "Java heap space");
  }

  private static BoxExhaustion of(long number, Instant at, String text) {
    return new BoxExhaustion(number, at, false, text, 17);
  }
}
