// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Small and quick, and on the same machine: whichever of these asks last may look guilty. */
class ArticleTest {
  private static final int LABELS = 400;

  @Test
  void is_named_in_upper_case() {
    assertEquals("SCREW", "screw".toUpperCase(Locale.ROOT));
  }

  @RepeatedTest(200)
  void prints_its_label() {
    StringBuilder sheet = new StringBuilder();
    for (int i = 0; i < LABELS; i++) {
      sheet.append("article ").append(i).append(" shelf ").append(i % 40).append('\n');
    }
    Pace.work(20);
    assertTrue(sheet.length() > LABELS);
  }
}
