// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationSampleTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  private static List<byte[]> allocates(int arrays) {
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      kept.add(new byte[MIB]);
    }
    return kept;
  }

  @Test
  void tells_class_line_thread_and_bytes() throws IOException {
    List<AllocationSample> samples = new ArrayList<>();
    try (Recording recording = new Recording()) {
      recording.enable(AllocationSample.NAME).with("throttle", "off").withStackTrace();
      recording.start();
      assertThat(allocates(40)).hasSize(40);
      recording.stop();
      Path file = folder.resolve("a.jfr");
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getEventType().getName().equals(AllocationSample.NAME)) {
          samples.add(AllocationSample.of(event));
        }
      }
    }
    samples.removeIf(Objects::isNull);
    String line = getClass().getName() + ".allocates:";
    samples.removeIf(one -> one.line() == null || !one.line().startsWith(line));
    samples.removeIf(one -> !"byte[]".equals(one.className()));
    samples.sort(Comparator.comparing(AllocationSample::at));
    samples.remove(0); // It stands for all that this thread ever allocated.
    assertThat(samples.stream().mapToLong(AllocationSample::bytes).sum())
        .isBetween(36L * MIB, 48L * MIB);
    assertThat(samples)
        .extracting(AllocationSample::thread)
        .containsOnly(Thread.currentThread().getId());
    assertThat(samples).extracting(AllocationSample::line).containsOnly(line + "26");
  }
}
