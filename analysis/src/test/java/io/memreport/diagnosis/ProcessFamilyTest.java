// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.process.ProcessOutlivesTest;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.model.Facts;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.SharedFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes below one that outlived its test. */
class ProcessFamilyTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final List<ChildProcess> processes = new ArrayList<>();

  @Test
  void numbers_that_are_used_again_make_no_ring() {
    process("a", 10, 1);
    process("b", 20, 10);
    process("c", 30, 20);
    process("d", 20, 30);
    assertThat(found()).singleElement().satisfies(found -> assertThat(found.bytes()).isEqualTo(4));
  }

  /** {@code pg_ctl} waits for the server that it started, now and then longer than the test. */
  @Test
  void a_launcher_is_not_named_for_the_server_that_outlives_it() {
    process("pg_ctl", 10, 1, NOON.plusSeconds(1));
    process("sh", 20, 10, NOON.plusSeconds(1));
    process("postgres", 30, 20, NOON.plusSeconds(60));
    process("worker", 40, 30, NOON.plusSeconds(59).plusMillis(500));
    assertThat(found())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.culprits().get(1).id()).isEqualTo("postgres");
              assertThat(found.bytes()).isEqualTo(2);
            });
  }

  @Test
  void one_that_ends_with_its_workers_is_no_launcher() {
    process("postgres", 30, 20, NOON.plusSeconds(60));
    process("worker", 40, 30, NOON.plusSeconds(61));
    process("late", 50, 40, NOON.plusSeconds(61));
    assertThat(found())
        .singleElement()
        .satisfies(found -> assertThat(found.culprits().get(1).id()).isEqualTo("postgres"));
  }

  private List<Suspicion> found() {
    TestResult test =
        new TestResult(
            "t",
            "run",
            TestKind.TEST,
            "T",
            "t",
            "t",
            TestStatus.PASSED,
            NOON,
            1L,
            1,
            new HeapUse(null, null),
            new NativeUse(null, null, null),
            new SharedUse(null, null, null),
            List.of(),
            List.of(),
            List.of(),
            null);
    Facts facts =
        Facts.builder()
            .tests(List.of(test))
            .timeline(new Timeline(List.of(), List.of()))
            .shared(new SharedFacts(processes, List.of(), List.of(), List.of()))
            .build();
    return new ProcessOutlivesTest().examine(facts);
  }

  private void process(String id, long pid, long parent) {
    process(id, pid, parent, null);
  }

  private void process(String id, long pid, long parent, Instant endedAt) {
    processes.add(
        new ChildProcess(
            id, "run", "t", pid, parent, "started", "x", null, NOON, endedAt, null, 1L, 1L, 0L,
            5L));
  }
}
