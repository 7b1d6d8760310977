// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.AnEvent;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.verdict.Fix;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Forks that do not fit, beside the build tool that started them. */
class ParallelForksDeathTest {
  private static final long MIB = 1 << 20;
  private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");

  private final SomeFacts facts = new SomeFacts();
  private Long elsewhere;

  private ParallelForksDeathTest run(String id, long pid, Role role, long mib, boolean died) {
    facts.run(
        ARun.of(id, died ? END : END.plusSeconds(9))
            .pid(pid)
            .role(role)
            .ending(died ? Ending.KILLED : Ending.CLEAN)
            .limit(300 * MIB)
            .cgroup("/ci"));
    for (int second = 3; second >= 0; second--) {
      facts.sample(
          ASample.of(id, END.minusSeconds(second))
              .rss(mib * MIB)
              .elsewhere(elsewhere)
              .cgroup(299 * MIB - second, 300 * MIB));
    }
    if (died) {
      facts.event(
          AnEvent.kill()
              .at(END)
              .cgroups("/ci", "/ci")
              .limit(300 * MIB)
              .victim(pid, "java", mib * MIB));
    }
    return this;
  }

  private PostMortem diagnosed() {
    return Diagnosis.of(facts.build());
  }

  private static Fix.Setting setting(PostMortem postMortem) {
    return postMortem.findings().stream()
        .filter(finding -> finding.id().equals("oom.parallel-forks"))
        .findFirst()
        .orElseThrow()
        .fix()
        .settings()
        .get(0);
  }

  @Test
  void the_build_tool_is_no_fork_and_takes_what_it_takes() {
    PostMortem postMortem =
        run("a", 11, Role.TEST_FORK, 90, true)
            .run("b", 12, Role.TEST_FORK, 80, false)
            .run("c", 13, Role.TEST_FORK, 70, false)
            .run("tool", 14, Role.BUILD_TOOL, 40, false)
            .diagnosed();
    assertThat(postMortem.forks().shares())
        .extracting(ForkShare::runId)
        .containsExactly("a", "b", "c");
    assertThat(postMortem.forks().wouldFit()).as("(300 - 40) / 90").isEqualTo(2);
    assertThat(setting(postMortem)).isEqualTo(new Fix.Setting("forkCount", "3", "2"));
  }

  @Test
  void pages_that_all_forks_map_count_once() {
    elsewhere = 20 * MIB;
    PostMortem postMortem =
        run("a", 11, Role.TEST_FORK, 100, true)
            .run("b", 12, Role.TEST_FORK, 90, false)
            .run("c", 13, Role.TEST_FORK, 80, false)
            .diagnosed();
    assertThat(postMortem.forks().shares())
        .extracting(ForkShare::heldBytes)
        .containsExactly(80 * MIB, 70 * MIB, 60 * MIB);
    assertThat(postMortem.forks().sumBytes()).isEqualTo(210 * MIB);
    assertThat(postMortem.forks().needBytes()).isEqualTo(240 * MIB);
    assertThat(postMortem.forks().wouldFit()).as("(300 - 20) / 80").isEqualTo(3);
  }

  @Test
  void few_forks_have_all_of_the_shared_pages_to_themselves() {
    elsewhere = 61 * MIB;
    assertThat(
            run("a", 11, Role.TEST_FORK, 141, true)
                .run("b", 12, Role.TEST_FORK, 140, false)
                .diagnosed()
                .forks()
                .wouldFit())
        .as("(300 - 61) / 80 is less than 3")
        .isEqualTo(2);
  }

  @Test
  void a_build_tool_that_died_is_told_but_not_counted_as_a_fork() {
    PostMortem postMortem =
        run("tool", 14, Role.BUILD_TOOL, 90, true)
            .run("b", 12, Role.TEST_FORK, 80, false)
            .run("c", 13, Role.TEST_FORK, 70, false)
            .diagnosed();
    assertThat(postMortem.forks().shares()).hasSize(3);
    assertThat(setting(postMortem)).isEqualTo(new Fix.Setting("forkCount", "2", "1"));
  }
}
