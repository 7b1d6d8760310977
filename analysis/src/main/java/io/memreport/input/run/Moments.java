// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import java.time.Instant;

/** Moments that files tell. A damaged one may tell any, and sums of those overflow. */
public final class Moments {
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private Moments() {}

  /** The same if a run can have been then, else null. */
  public static Instant plausible(Instant said) {
    return said == null || said.isBefore(FIRST) || said.isAfter(LAST) ? null : said;
  }
}
