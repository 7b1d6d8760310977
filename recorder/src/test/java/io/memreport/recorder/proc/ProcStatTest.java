// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatTest {
  private static final String REST =
      " 4711 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1 2 3\n";

  @Test
  void a_name_may_hold_anything() {
    ProcStat stat = ProcStat.parse(5, "5 (a) Z 9 (b) S" + REST);
    assertThat(stat).isEqualTo(new ProcStat(5, 'S', 4711, 1, 987654));
    assertThat(stat.isAlive()).isTrue();
  }

  @Test
  void a_zombie_is_not_alive_unless_threads_run_on() {
    assertThat(ProcStat.parse(5, "5 (sleep) Z" + REST).isAlive()).isFalse();
    assertThat(ProcStat.parse(5, "5 (sleep) X" + REST).isAlive()).isFalse();
    assertThat(ProcStat.parse(5, "5 (go) Z" + REST.replace(" 20 0 1 0 ", " 20 0 2 0 ")).isAlive())
        .isTrue();
  }

  @Test
  void what_is_cut_is_none() {
    assertThat(ProcStat.parse(5, "5 (sleep) S 4711 1")).isNull();
    assertThat(ProcStat.parse(5, "")).isNull();
  }
}
