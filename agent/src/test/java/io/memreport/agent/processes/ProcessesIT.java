// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.event.shared.SharedFailureEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ProcessProgram} starts is recorded, and the program does not notice. */
class ProcessesIT {
  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void processes_are_recorded_with_their_daemons(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", ProcessProgram.class);
    RunEvents events = new RunEvents(jvm.succeeded().events());
    assertThat(jvm.stderr()).doesNotContain("memreport:");
    assertThat(jvm.stdout().lines())
        .containsExactly(
            "marked true",
            "whole true",
            "clean true",
            "same true",
            "kept mine",
            "status 4",
            "refused",
            "shared true");
    List<RecordedEvent> daemons =
        events.where(ChildStartEvent.NAME, event -> "sleep 30".equals(event.getString("command")));
    assertThat(daemons).isNotEmpty();
    long daemon = daemons.get(0).getLong("processId");
    try {
      assertThat(daemons.get(0).getString("foundBy")).isEqualTo(ChildStartEvent.MARK);
      assertThat(events.where(ChildMemoryEvent.NAME, event -> is(event, daemon)))
          .as("its memory")
          .isNotEmpty()
          .allMatch(event -> event.getLong("anon") > 0);
      assertThat(events.where(ChildEndEvent.NAME, event -> is(event, daemon))).isEmpty();
    } finally {
      ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
    }
    assertThat(events.where(ChildEndEvent.NAME, event -> event.getLong("exitStatus") == 3))
        .hasSize(1);
    assertThat(events.where(ChildEndEvent.NAME, event -> event.getLong("exitStatus") == 4))
        .hasSize(1);
    assertThat(events.all().toString()).doesNotContain("hunter2").doesNotContain("x1y2");
    assertThat(events.where(SharedFailureEvent.NAME, event -> true))
        .extracting(event -> event.getString("text"))
        .containsExactly(
            "could not resize shared memory segment \"/PostgreSQL.7\" to 100 bytes: No space left"
                + " on device",
            "STATEMENT:  select ? from t");
  }

  private static boolean is(RecordedEvent event, long pid) {
    return event.getLong("processId") == pid;
  }
}
