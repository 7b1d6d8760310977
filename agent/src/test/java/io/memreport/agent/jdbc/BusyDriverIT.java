// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.RunEndEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of ours waits where the application would have to wait for it. */
class BusyDriverIT {
  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void a_query_that_never_ends_holds_up_no_exit(Path javaHome, @TempDir Path out) throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", BusyDriverProgram.class, "exit");
    assertThat(new RunEvents(jvm.succeeded().events()).named(RunEndEvent.NAME)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void the_applications_handler_is_called_as_without_us(Path javaHome, @TempDir Path out)
      throws Exception {
    String bare =
        WatchedJvm.run(javaHome, out, List.of(), BusyDriverProgram.class, "progress")
            .succeeded()
            .stdout();
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", BusyDriverProgram.class, "progress");
    assertThat(jvm.succeeded().stdout()).isEqualTo(bare).contains("[main]");
    assertThat(new RunEvents(jvm.events()).named(ConnectionSettingEvent.NAME))
        .anyMatch(event -> event.getString("name").equals("cache_size"));
  }
}
