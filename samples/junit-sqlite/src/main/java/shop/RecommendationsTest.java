// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendationsTest {
  private static final Map<String, byte[]> THUMBNAILS = new HashMap<>();
  private static final int CUSTOMERS = 24;
  private static final int THUMBNAIL = 1_000_003;

  @Test
  void shows_a_picture_to_every_customer() {
    for (int i = 0; i < CUSTOMERS; i++) {
      THUMBNAILS.computeIfAbsent("customer " + i, name -> new byte[THUMBNAIL]);
    }
    assertEquals(CUSTOMERS, THUMBNAILS.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 4096})
  void draws_pictures_of_any_size(int pixels) {
    assertNotNull(new byte[4 * pixels]);
  }
}
