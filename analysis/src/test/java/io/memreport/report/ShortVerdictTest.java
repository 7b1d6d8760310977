// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortVerdictTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void a_kill_is_told_with_its_reason_what_to_do_and_where_more_is() {
    SomeFacts some =
        new SomeFacts()
            .run(
                ARun.of("r", NOON)
                    .pid(5L)
                    .role(Role.SUPERVISOR)
                    .cgroup("/memreport-5")
                    .ending(Ending.CLEAN))
            .oomKills("r", NOON.minusSeconds(3), 0)
            .oomKills("r", NOON.minusSeconds(2), 1)
            .worker("r", 12, "tail", NOON.minusSeconds(2), 220 << 20);
    List<String> lines = lines(some);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("The kernel killed tail (12) for its memory.");
    assertThat(lines.get(1)).startsWith("  The kernel's counter of OOM kills");
    assertThat(lines.get(3)).startsWith("  Fix: Give that process less to do");
    assertThat(lines.get(4)).isEqualTo("  Report: /r/report.html");
  }

  @Test
  void without_a_leak_it_says_what_is_not_known() {
    List<String> lines =
        lines(
            new SomeFacts()
                .run(ARun.of("r", NOON).ending(Ending.CLEAN))
                .test(ATest.of("r", "renders")));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2)).startsWith("  Not known: Java heap that tests left behind");
  }

  @Test
  void a_fix_for_what_a_test_left_is_not_told_without_it() {
    List<String> lines =
        lines(
            new SomeFacts()
                .run(ARun.of("r", NOON).ending(Ending.KILLED))
                .test(
                    ATest.of("r", "remembers")
                        .retained(20L << 20)
                        .left("byte[] held by static shop.Cache.ALL")));
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("  The JVM ended without shutting down");
    assertThat(lines.get(2))
        .isEqualTo("  OrderTest.remembers() left 20.0 MiB of Java heap behind.");
    assertThat(lines.get(3)).startsWith("  Fix: Clear shop.Cache.ALL");
  }

  private static List<String> lines(SomeFacts some) {
    return ShortVerdict.lines(Diagnosis.of(some.build()), Path.of("/r/report.html"));
  }
}
