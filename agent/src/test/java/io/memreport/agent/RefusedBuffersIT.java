// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java code makes that error, and nothing of such a program is woven but the error. */
class RefusedBuffersIT {
  @ParameterizedTest
  @MethodSource("io.memreport.agent.WatchedJvm#javaHomes")
  void a_service_that_was_refused_direct_buffers_says_so(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm =
        WatchedJvm.run(
            javaHome,
            out,
            List.of(
                "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out,
                "-XX:MaxDirectMemorySize=32m"),
            RefusingProgram.class);
    assertThat(jvm.exitCode()).isEqualTo(1);
    assertThat(jvm.stderr()).contains("java.lang.OutOfMemoryError: Cannot reserve 4194304 bytes");
    // JFR, on the recorder's own thread, may meet the same limit right after.
    assertThat(new RunEvents(jvm.events()).named("memreport.Exhausted"))
        .filteredOn(
            error ->
                error
                    .getString("what")
                    .startsWith("Cannot reserve 4194304 bytes of direct buffer memory"))
        .hasSize(1);
  }
}
