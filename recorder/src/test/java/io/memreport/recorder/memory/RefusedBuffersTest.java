// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.ExhaustedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedBuffersTest {
  private static final String JDK =
      "Cannot reserve 4194304 bytes of direct buffer memory (allocated: 62923776, limit: 67108864)";
  private static final String NETTY =
      "failed to allocate 16777216 byte(s) of direct memory (used: 65011712, max: 67108864)";

  @TempDir Path folder;

  @Test
  void of_all_that_make_this_error_only_direct_memory_is_told() throws Exception {
    assertThat(told(JDK, "Java heap space", null, "Direct buffer memory", NETTY, "x " + JDK))
        .containsExactly(JDK, NETTY);
  }

  private List<String> told(String... words) throws Exception {
    Path file = folder.resolve("told.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(ExhaustedEvent.NAME);
      recording.start();
      for (String each : words) {
        RefusedBuffers.refused(each);
      }
      recording.stop();
      recording.dump(file);
    }
    assertThat(Files.size(file)).isPositive();
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(ExhaustedEvent.NAME))
        .map(event -> event.getString("what"))
        .toList();
  }
}
