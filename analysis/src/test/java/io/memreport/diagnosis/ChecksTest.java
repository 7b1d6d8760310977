// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.FindingKind;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Check.Result;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of each kind of finding it is said what came of looking for it. */
class ChecksTest {
  private final SomeFacts facts = new SomeFacts().run(ARun.of("r", at(99)).ending(Ending.CLEAN));

  @Test
  void each_kind_has_one_check() {
    assertThat(checks(facts.build(), false).keySet())
        .containsExactlyInAnyOrderElementsOf(Rules.kinds().stream().map(FindingKind::id).toList());
  }

  @Test
  void what_nothing_was_recorded_of_does_not_apply() {
    Map<String, Check> checks = checks(facts.build(), false);
    assertNot(checks, "sqlite.wal-growth", "no connection to SQLite was recorded");
    assertNot(checks, "pool.connection-not-returned", "no connection pool was recorded");
    assertNot(checks, "process.outlives-test", "no process was started");
    assertNot(checks, "process.files-left-open", "no test was recorded");
    assertNot(checks, "shm.orphans", "shared memory was not looked at");
    assertNot(checks, "java.heap-retained", "no test was recorded");
    assertNot(checks, "java.direct-buffers-retained", "no test was recorded");
    assertNot(checks, "oom.java-heap", "no JVM was killed or ran out of memory");
    assertNot(checks, "java.out-of-memory", "no JVM was killed or ran out of memory");
    assertThat(checks.get("jvm.container-not-seen").result()).isEqualTo(Result.FINE);
    assertNot(
        checks(new SomeFacts().build(), false), "jvm.container-not-seen", "no JVM was watched");
  }

  @Test
  void a_test_without_collections_has_its_reason() {
    facts.test(ATest.of("r", "reads"));
    Map<String, Check> checks = checks(facts.build(), false);
    assertNot(
        checks,
        "java.heap-retained",
        "no full collection followed each test: record with leaks=gc");
    assertThat(checks.get("java.heap-kept").result()).isEqualTo(Result.FINE);
    assertThat(checks.get("process.files-left-open").result()).isEqualTo(Result.FINE);
  }

  @Test
  void what_was_seen_and_may_be_it_is_undecided() {
    ATest reads = ATest.of("r", "reads");
    facts.test(reads).span(reads, at(10), at(20));
    for (int i = 0; i < 4; i++) {
      facts.sample(ASample.of("r", at(10L * i)).other(i < 2 ? 0L : 70L << 20));
    }
    Check check = checks(facts.build(), false).get("native.memory-retained");
    assertThat(check.result()).isEqualTo(Result.UNDECIDED);
    assertThat(check.because()).startsWith("The process grew by 70.0 MiB of native memory");
  }

  @Test
  void what_was_found_is_found_and_of_a_death_all_causes_were_looked_for() {
    Facts built = facts.build();
    assertThat(
            Checks.of(built, Set.of("oom.metaspace"), true).stream()
                .filter(check -> check.id().startsWith("oom."))
                .collect(toMap(Check::id, Check::result)))
        .containsEntry("oom.metaspace", Result.FOUND)
        .containsEntry("oom.java-heap", Result.FINE);
  }

  private static Map<String, Check> checks(Facts facts, boolean died) {
    return Checks.of(facts, Set.of(), died).stream().collect(toMap(Check::id, check -> check));
  }

  private static void assertNot(Map<String, Check> checks, String id, String because) {
    assertThat(checks.get(id)).isEqualTo(new Check(id, Result.NOT_APPLICABLE, because));
  }

  private static Instant at(long seconds) {
    return ASuite.START.plusSeconds(seconds);
  }
}
