// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A recording of a service ends while its queries work. */
class StillRunningTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;
  private static final String SORT = "select * from orders order by note";

  @Test
  void what_sqlite_holds_then_is_no_clean_end() {
    Verdict verdict =
        verdict(
            held(3000)
                .running("r", SORT, "c1", 31_000, true)
                .connection("r", "c1", MIB)
                .connection("r", "c2", 2 * MIB));
    assertThat(verdict.kind()).isEqualTo(VerdictKind.RUNNING);
    assertThat(verdict.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(verdict.headline())
        .isEqualTo("One query still ran at the end, and SQLite held 2.93 GiB.");
    assertThat(verdict.culprits())
        .singleElement()
        .satisfies(query -> assertThat(query.bytes()).isEqualTo(2998 * MIB));
    assertThat(verdict.evidence())
        .extracting(evidence -> evidence.text())
        .contains("Had run for 31.0 s and not come back: " + SORT)
        .contains("2.93 GiB of SQLite's 2.93 GiB are of no connection that stood idle");
    assertThat(verdict.missing()).noneMatch(text -> text.contains("of no test, query"));
  }

  @Test
  void a_query_that_the_end_of_the_jvm_cut_off_runs_no_more_and_is_no_leak() {
    Verdict one = verdict(held(3000).running("r", SORT, "c1", 31_000, true).shutDown("r"));
    assertThat(one.kind()).isEqualTo(VerdictKind.CLEAN);
    assertThat(one.cause()).isEqualTo(Cause.NONE);
    assertThat(one.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(one.headline())
        .isEqualTo("One query was cut off when the JVM shut down, and SQLite held 2.93 GiB.");
    assertThat(one.culprits()).isEmpty();
    assertThat(one.evidence())
        .extracting(evidence -> evidence.text())
        .contains("Had run for 31.0 s and not come back: " + SORT);
    Verdict two =
        verdict(
            held(100)
                .running("r", SORT, "c1", 2_000, true)
                .running("r", "select count(*) from orders", "c2", 3_000, true)
                .shutDown("r"));
    assertThat(two.headline())
        .isEqualTo("2 queries were cut off when the JVM shut down, and SQLite held 100 MiB.");
  }

  @Test
  void of_several_queries_none_is_named() {
    Verdict verdict =
        verdict(
            held(100)
                .running("r", SORT, "c1", 2_000, true)
                .running("r", "select count(*) from orders", "c2", 3_000, true));
    assertThat(verdict.headline())
        .isEqualTo("2 queries still ran at the end, and SQLite held 100 MiB.");
    assertThat(verdict.culprits()).isEmpty();
  }

  @Test
  void below_32_mib_nothing_needs_an_explanation() {
    SomeFacts some = held(31).running("r", SORT, "c1", 31_000, true);
    assertThat(verdict(some).kind()).isEqualTo(VerdictKind.CLEAN);
    SomeFacts more = held(32).running("r", SORT, "c1", 31_000, true);
    assertThat(verdict(more).kind()).isEqualTo(VerdictKind.RUNNING);
  }

  @Test
  void a_query_that_came_back_explains_nothing() {
    SomeFacts some = held(3000).running("r", SORT, "c1", 31_000, false);
    assertThat(verdict(some).kind()).isEqualTo(VerdictKind.CLEAN);
  }

  @Test
  void a_query_is_named_only_for_the_larger_part() {
    assertThat(verdict(besides(100, 50)).culprits()).hasSize(1);
    assertThat(verdict(besides(100, 51)).culprits()).isEmpty();
    assertThat(verdict(besides(100, 69)).kind()).isEqualTo(VerdictKind.CLEAN);
  }

  /** What one connection keeps is a leak, unless it is the smaller part. */
  @Test
  void a_leak_that_explains_little_of_it_comes_second() {
    SomeFacts large =
        held(3000).running("r", SORT, "c1", 31_000, true).connection("r", "c2", 100 * MIB);
    assertThat(verdict(large).kind()).isEqualTo(VerdictKind.RUNNING);
    SomeFacts small =
        held(250).running("r", SORT, "c1", 31_000, true).connection("r", "c2", 100 * MIB);
    assertThat(verdict(small).kind()).isEqualTo(VerdictKind.LEAK);
    assertThat(verdict(small).headline())
        .isEqualTo("One connection keeps 100 MiB in its page cache.");
  }

  @Test
  void a_leak_of_another_kind_stays_one() {
    ATest test = ATest.of("r", "renders");
    SomeFacts some =
        held(3000)
            .running("r", SORT, "c1", 31_000, true)
            .test(test)
            .heap(AHeapSite.of("r", 64).by(test).at("shop.Cache.put(Cache.java:3)").inUse());
    assertThat(verdict(some).kind()).isEqualTo(VerdictKind.LEAK);
  }

  /** Connections that stood idle, each with a MiB. */
  private static SomeFacts besides(long mib, int idle) {
    SomeFacts some = held(mib).running("r", SORT, "c", 31_000, true);
    for (int i = 0; i < idle; i++) {
      some.connection("r", "c" + i, MIB);
    }
    return some;
  }

  private static SomeFacts held(long mib) {
    return new SomeFacts()
        .run(ARun.of("r", NOON).ending(Ending.CLEAN).held(4000 * MIB, null, null, mib * MIB));
  }

  private static Verdict verdict(SomeFacts some) {
    return Diagnosis.of(some.build()).verdict();
  }
}
