// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** By its arguments. */
class OwnEndTest {
  private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";
  private static final String CRASH = "-XX:+CrashOnOutOfMemoryError";

  @Test
  void a_jvm_may_exit_or_crash() {
    assertThat(OwnEnd.of(List.of("java", EXIT, "Main"))).isEqualTo("exit");
    assertThat(OwnEnd.of(List.of("java", CRASH, "Main"))).isEqualTo("crash");
    assertThat(OwnEnd.of(List.of("java", EXIT, CRASH, "Main"))).isEqualTo("crash");
    assertThat(OwnEnd.of(List.of("java", "Main"))).isNull();
  }

  @Test
  void the_last_word_counts() {
    String no = "-XX:-ExitOnOutOfMemoryError";
    assertThat(OwnEnd.of(List.of(EXIT, no))).isNull();
    assertThat(OwnEnd.of(List.of(no, EXIT))).isEqualTo("exit");
  }
}
