// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShmLimitsTest {
  @Test
  void limitsAreReadWithAllTheirDigits() throws IOException {
    assumeTrue(SysvSegment.canBeRead(), "no System V segments here");
    assertThat(ShmLimits.now().ids()).isEqualTo(Long.parseLong(cat("shmmni")));
    long largest = Long.parseUnsignedLong(cat("shmmax"));
    assertThat(ShmLimits.now().segmentBytes()).isEqualTo(largest < 0 ? Long.MAX_VALUE : largest);
  }

  private static String cat(String name) throws IOException {
    Process cat = new ProcessBuilder("cat", "/proc/sys/kernel/" + name).start();
    return new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
  }
}
