// SPDX-License-Identifier: Apache-2.0
package warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Receives photos into buffers outside the heap. */
class PhotoUploadPerformanceTest {
  private static final int PHOTOS = 100;
  private static final int PHOTO_BYTES = 1 << 20;

  @Test
  void receives_photos_at_once() {
    List<ByteBuffer> photos = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      photos.add(ByteBuffer.allocateDirect(PHOTO_BYTES));
      Pace.work(30);
    }
    Pace.work(4000);
    assertEquals(PHOTOS, photos.size());
  }
}
