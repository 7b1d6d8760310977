// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.SharedFacts;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments, the processes behind them, and limits. */
class SharedMemoryRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String SERVER = "/opt/pg/bin/postgres -D /tmp/pg/1 -p 5432";

  private Ending ending = Ending.CLEAN;
  private long attached = 6;
  private boolean creatorRuns = true;
  private boolean lastRuns = true;
  private boolean earlier;
  private Instant goneAt;
  private Instant endedAt;
  private Long outlivedMillis;
  private SharedLimits limits = SharedLimits.UNKNOWN;

  @Test
  void a_segment_that_is_attached_is_in_use() {
    assertThat(state()).isEqualTo("in-use");
    assertThat(clean()).isTrue();
  }

  @Test
  void nobody_attached_and_nobody_left_is_an_orphan_of_its_test() {
    attached = 0;
    creatorRuns = false;
    lastRuns = false;
    endedAt = NOON.plusSeconds(1);
    assertThat(state()).isEqualTo("orphan");
    assertThat(postMortem().verdict().headline())
        .isEqualTo("ServerTest.starts() left a System V segment (56 B) behind.");
    lastRuns = true;
    assertThat(state()).isEqualTo("in-use");
    lastRuns = false;
    creatorRuns = true;
    assertThat(state()).isEqualTo("in-use");
  }

  @Test
  void an_orphan_from_before_the_run_is_told_and_nobody_is_accused() {
    attached = 0;
    creatorRuns = false;
    lastRuns = false;
    earlier = true;
    assertThat(clean()).as("it does not matter to this run").isTrue();
    limits = ids(10, 32);
    PostMortem found = postMortem();
    assertThat(found.verdict().kind()).isEqualTo(VerdictKind.CLEAN);
    assertThat(found.findings()).extracting(Finding::id).containsExactly("shm.earlier-orphans");
  }

  @Test
  void what_was_removed_is_no_orphan() {
    attached = 0;
    creatorRuns = false;
    lastRuns = false;
    goneAt = NOON.plusSeconds(2);
    assertThat(state()).isEqualTo("removed");
    assertThat(clean()).isTrue();
  }

  @Test
  void a_server_whose_jvm_was_killed_is_abandoned() {
    ending = Ending.KILLED;
    assertThat(state()).isEqualTo("abandoned-server");
    endedAt = NOON.plusSeconds(1);
    assertThat(state()).isEqualTo("in-use");
  }

  @Test
  void a_server_that_outlives_its_test_is_named_with_it() {
    outlivedMillis = 3200L;
    PostMortem found = postMortem();
    assertThat(found.verdict().kind()).isEqualTo(VerdictKind.LEAK);
    assertThat(found.verdict().headline())
        .isEqualTo("ServerTest.starts() left a PostgreSQL server running (process 99, 8.00 MiB).");
    assertThat(found.findings()).extracting(Finding::id).containsExactly("process.outlives-test");
  }

  @Test
  void limits_are_told_from_half_of_them_on() {
    limits = ids(15, 32);
    assertThat(clean()).isTrue();
    limits = ids(16, 32);
    assertThat(postMortem().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("shm.ids-near-limit");
              assertThat(finding.title())
                  .isEqualTo("16 of 32 System V ids were taken at once: 16 more servers fit");
            });
    limits = devShm(31L << 20, 64L << 20);
    assertThat(clean()).isTrue();
    limits = devShm(60L << 20, 64L << 20);
    assertThat(postMortem().findings())
        .extracting(Finding::id)
        .containsExactly("shm.dev-shm-near-limit");
  }

  private boolean clean() {
    PostMortem found = postMortem();
    return found.verdict().kind() == VerdictKind.CLEAN && found.findings().isEmpty();
  }

  private String state() {
    List<Segment> segments = postMortem().shared().segments();
    assertThat(segments).hasSize(1);
    return segments.get(0).state();
  }

  private static SharedLimits ids(long peak, long of) {
    return new SharedLimits(of, null, null, null, peak, peak, null, null, null, null, "ipc:[1]");
  }

  private static SharedLimits devShm(long peak, long of) {
    return new SharedLimits(null, null, null, of, null, null, null, peak, peak, null, null);
  }

  private PostMortem postMortem() {
    TestResult test =
        new TestResult(
            "t1",
            "run",
            TestKind.TEST,
            "shop.ServerTest",
            "starts",
            "starts()",
            TestStatus.PASSED,
            NOON,
            1000L,
            1,
            new HeapUse(0L, 0L),
            new NativeUse(0L, 0L, 0L),
            new SharedUse(null, null, null),
            List.of(),
            List.of(),
            List.of(),
            null);
    ChildProcess server =
        new ChildProcess(
            "p99-1",
            "run",
            "t1",
            99,
            1,
            "mark",
            SERVER,
            "/tmp/pg/1",
            NOON,
            endedAt,
            null,
            8L << 20,
            8L << 20,
            0L,
            outlivedMillis);
    SeenSegment segment =
        new SeenSegment(
            "run",
            "sysv",
            "4",
            "2120ea",
            56L,
            99L,
            99L,
            attached,
            0L,
            earlier ? null : "t1",
            creatorRuns,
            lastRuns,
            earlier,
            NOON,
            NOON.plusSeconds(1),
            goneAt,
            0);
    return Diagnosis.of(
        Facts.builder()
            .runs(
                List.of(
                    new Run(
                        "run",
                        1L,
                        NOON,
                        NOON,
                        Role.TEST_FORK,
                        ending,
                        null,
                        null,
                        RunContext.NONE)))
            .tests(List.of(test))
            .timeline(new Timeline(List.of(), List.of()))
            .shared(new SharedFacts(List.of(server), List.of(segment), List.of(limits), List.of()))
            .build());
  }
}
