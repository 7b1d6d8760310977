// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.log.TaskRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's table knows numbers of the host and the first bytes of names. */
class TableChildrenTest {
  private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;

  private final SomeFacts some =
      new SomeFacts()
          .run(ARun.of("r", END))
          .test(ATest.of("r", "prints"))
          .child("r", "r/prints", 7, "/usr/bin/headless_browser --type=page", null, null)
          .child("r", null, 8, "/usr/bin/sort -n", END.minusSeconds(6), 0L)
          .child("r", null, 9, "/usr/bin/tail -f", END.minusSeconds(5), 137L);

  @Test
  void a_name_joins_across_containers_and_brings_its_test() {
    TableChildren children = of(row(70_007, "headless_browse", 300), row(1, "other", 900));
    assertThat(children.bytes()).isEqualTo(300 * MIB);
    assertThat(children.culprits()).extracting("type").startsWith("process");
    assertThat(children.culprits()).extracting("bytes").containsOnly(300 * MIB);
  }

  @Test
  void what_had_ended_long_before_is_another_of_that_name() {
    assertThat(of(row(8, "sort", 5)).bytes()).isZero();
    assertThat(of(row(9, "tail", 5)).bytes()).isEqualTo(5 * MIB);
  }

  @Test
  void each_process_is_one_row() {
    assertThat(of(row(9, "tail", 5), row(10, "tail", 3)).bytes()).isEqualTo(5 * MIB);
  }

  private TableChildren of(TaskRow... rows) {
    Facts facts = some.build();
    return TableChildren.of(facts, facts.runs().get(0), List.of(rows));
  }

  private static TaskRow row(long pid, String name, long mib) {
    return new TaskRow(pid, 0L, name, null, mib * MIB, null, null, null, 0L, null, 0L);
  }
}
