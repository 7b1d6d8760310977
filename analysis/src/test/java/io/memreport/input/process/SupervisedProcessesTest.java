// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedProcessesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** It began a minute before noon. */
  private final List<Run> runs = List.of(ARun.of("fork", NOON).pid(7L).build());

  private final List<ChildProcess> own = new ArrayList<>();

  @Test
  void a_jvm_that_was_recorded_is_a_run_and_no_process() {
    assertThat(rest(process("s", 7, "p7", NOON, 10L))).isEmpty();
  }

  @Test
  void a_number_may_have_been_another_s_before() {
    assertThat(rest(process("s", 7, "p7", NOON.minusSeconds(61), 10L))).hasSize(1);
  }

  @Test
  void what_a_jvm_tells_of_its_child_stays_and_the_larger_peak_holds() {
    own.add(process("fork", 8, "p8", null, 10L));
    assertThat(rest(process("s", 8, "p8", NOON, 30L))).isEmpty();
    ChildProcess joined = own.get(0);
    assertThat(joined.runId()).isEqualTo("fork");
    assertThat(joined.peakAnonBytes()).isEqualTo(30);
    assertThat(joined.endedAt()).isEqualTo(NOON);
  }

  @Test
  void nobody_else_tells_of_the_others() {
    own.add(process("fork", 8, "p8-1", null, 10L));
    ChildProcess other = process("s", 8, "p8-2", NOON, 30L);
    assertThat(rest(other)).containsExactly(other);
    assertThat(own.get(0).peakAnonBytes()).isEqualTo(10);
  }

  private List<ChildProcess> rest(ChildProcess seen) {
    return SupervisedProcesses.of(List.of(seen), own, runs);
  }

  private static ChildProcess process(String run, long pid, String id, Instant endedAt, Long peak) {
    return new ChildProcess(
        id, run, null, pid, 1, "parent", "tail", null, null, endedAt, null, peak, null, null, null);
  }
}
