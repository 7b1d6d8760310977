// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units of work that a program names have rows of their own, like tests. */
class SpanIT {
  private static final long MIB = 1 << 20;
  private static final String JOBS = SpanProgram.class.getName() + "$Jobs.run";

  @TempDir private Path folder;

  @Test
  void each_span_has_its_own_bytes_and_none_of_those_inside_it() throws Exception {
    WatchedJvm jvm =
        WatchedJvm.runProgram(
            System.getProperty("java.class.path"),
            folder.resolve("runs"),
            ",span=" + JOBS.replace("$Jobs.", "$Job*#") + "*",
            SpanProgram.class.getName());
    RunEvents events = new RunEvents(jvm.succeeded().events());
    Map<Long, String> names = new LinkedHashMap<>();
    for (RecordedEvent start : events.named("memreport.TestStart")) {
      assertThat(start.getString("kind")).isEqualTo("span");
      names.put(start.getLong("testId"), start.getString("displayName"));
    }
    assertThat(names.values())
        .containsExactlyInAnyOrder(
            "nightly import", "parse", "report", "export", JOBS + "Nightly", JOBS + "Broken");
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (RecordedEvent end : events.named("memreport.Test")) {
      String name = names.get(end.getLong("testId"));
      assertThat(end.getString("status")).isEqualTo(name.endsWith("Broken") ? "failed" : "passed");
      bytes.put(name, end.getLong("heapAllocated"));
    }
    assertThat(bytes.get("nightly import")).isCloseTo(3 * MIB, within(MIB / 2));
    assertThat(bytes.get("parse")).isCloseTo(5 * MIB, within(MIB / 2));
    assertThat(bytes.get("report")).isCloseTo(7 * MIB, within(MIB / 2));
    assertThat(bytes.get("export")).isLessThan(MIB);
    assertThat(bytes.get(JOBS + "Nightly")).isCloseTo(6 * MIB, within(MIB / 2));
  }
}
