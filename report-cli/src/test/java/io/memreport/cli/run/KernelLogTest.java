// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelLogTest {
  private static final String LOG =
      "[   99.999999] Killed process 1 (old)\n"
          + "a line of its own time has none\n"
          + "[  100.000000] Memory cgroup out of memory\n"
          + "continued\n"
          + "[12345.678901] Killed process 2 (new)\n";

  @Test
  void what_was_said_before_the_command_began_is_left_out() {
    assertThat(KernelLog.later(LOG, 100))
        .isEqualTo(
            "[  100.000000] Memory cgroup out of memory\ncontinued\n"
                + "[12345.678901] Killed process 2 (new)\n");
    assertThat(KernelLog.later(LOG, 12345.7)).isEmpty();
    assertThat(KernelLog.later("", 0)).isEmpty();
  }
}
