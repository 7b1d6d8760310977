// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.MemreportEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtherDriverIT {
  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void counts_each_call_once_with_heap_rows_and_errors(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", OtherDriverProgram.class).succeeded();
    assertThat(jvm.stderr()).doesNotContain("memreport:");
    RunEvents events = new RunEvents(jvm.events());

    RunEvents.Query select = events.query("select note from orders where id >= ?");
    int rows = OtherDriverProgram.ROWS;
    assertThat(select.sum("executions")).isEqualTo(3);
    assertThat(select.sum("rows")).isEqualTo(rows + rows - 1 + rows - 2);
    assertThat(select.sum("heapAllocated")).isPositive();
    assertThat(select.totals())
        .allMatch(total -> total.getLong("nativeAllocated") == MemreportEvent.UNKNOWN);

    assertThat(events.query("insert into orders values (?, ?)").sum("executions")).isEqualTo(1);
    assertThat(events.query("select * from nowhere").sum("errors")).isEqualTo(1);
    assertThat(events.named("memreport.ConnectionOpen"))
        .isNotEmpty()
        .allMatch(open -> open.getString("url").startsWith("jdbc:h2:mem:shop"))
        .noneMatch(open -> open.getString("url").contains("hunter2"));
  }
}
