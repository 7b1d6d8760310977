// SPDX-License-Identifier: Apache-2.0
package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps each picture that it makes. */
class ThumbnailExportTest {
  private static final int PICTURES = 400;
  private static final int BYTES = 1 << 20;
  private static final List<byte[]> EXPORTED = new ArrayList<>();

  @Test
  void exports_all_thumbnails() {
    for (int i = 0; i < PICTURES; i++) {
      EXPORTED.add(new byte[BYTES]);
    }
    assertEquals(PICTURES, EXPORTED.size());
  }
}
