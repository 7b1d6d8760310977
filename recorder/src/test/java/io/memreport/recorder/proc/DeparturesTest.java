// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes as the end of a test finds them. */
@EnabledOnOs(OS.LINUX)
class DeparturesTest {
  @AfterEach
  void clear() {
    Departures.clear();
  }

  @Test
  void one_that_has_ended_is_gone_from_the_look_on() throws Exception {
    Process process = new ProcessBuilder("true").start();
    Departures.started(process.pid());
    process.waitFor();
    long before = System.currentTimeMillis();
    Departures.look();
    long after = System.currentTimeMillis();
    Departures.look();
    assertThat(Departures.forget(process.pid())).isBetween(before, after);
    assertThat(Departures.forget(process.pid())).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void one_that_runs_is_not() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      Departures.started(process.pid());
      Departures.look();
      assertThat(Departures.forget(process.pid())).isEqualTo(MemreportEvent.UNKNOWN);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
