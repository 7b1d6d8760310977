// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Facts;
import io.memreport.model.TestStatus;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Who filled a heap of 100 MiB. */
class ThrowersTest {
  private static final long MIB = 1 << 20;

  private final ASuite suite =
      ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)).heap(100 * MIB, false));

  @Test
  void who_throws_and_took_most_is_the_culprit() {
    suite.over("prices", 0, 1).over(thrower("loads").allocated(80 * MIB), 1, 3);
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest.loads()");
  }

  @Test
  void who_only_meets_a_heap_that_another_filled_is_none() {
    suite.over("keeps", 0, 1).over(thrower("loads").allocated(30 * MIB), 1, 3);
    assertThat(culprits(10, 75, 80, 98)).containsExactly("OrderTest.keeps()");
  }

  @Test
  void garbage_of_an_earlier_test_is_no_fault_of_it() {
    suite.over("garbage", 0, 1).over(thrower("loads").allocated(90 * MIB), 1, 3);
    assertThat(culprits(10, 75, 20, 98)).containsExactly("OrderTest.loads()");
  }

  @Test
  void one_request_that_is_larger_than_the_heap_is_of_who_asks() {
    suite.over(thrower("asks").allocated(MIB), 1, 2);
    assertThat(culprits(10, 10, 11)).containsExactly("OrderTest.asks()");
  }

  @Test
  void where_many_small_ones_filled_it_nobody_is_named() {
    suite
        .over(ATest.of("run", "a").in("x.ATest"), 0, 1)
        .over(ATest.of("run", "b").in("x.BTest"), 1, 2)
        .over(ATest.of("run", "c").in("x.CTest"), 2, 3)
        .over(thrower("loads").allocated(5 * MIB), 3, 4);
    assertThat(culprits(10, 40, 65, 90, 95)).isEmpty();
  }

  @Test
  void the_class_that_junit_lets_throw_it_again_is_not_named() {
    suite
        .over(ATest.of("run", "fixtures").ofClass().failure("java.lang.OutOfMemoryError"), 0, 3)
        .over(thrower("loads").allocated(80 * MIB), 1, 3);
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest.loads()");
  }

  @Test
  void fixtures_that_throw_it_themselves_are() {
    suite.over(
        ATest.of("run", "fixtures")
            .ofClass()
            .failure("java.lang.OutOfMemoryError")
            .allocated(80 * MIB),
        0,
        3);
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest (fixtures)");
  }

  @Test
  void an_error_that_was_caught_is_of_the_only_test_that_ran_then() {
    suite
        .over(ATest.of("run", "fixtures").ofClass(), 0, 9)
        .over("prices", 0, 1)
        .over(ATest.of("run", "catches").allocated(80 * MIB), 1, 3)
        .over("reads", 3, 4)
        .thrown(2.5, "Java heap space");
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest.catches()");
  }

  @Test
  void what_is_given_back_after_the_error_had_filled_the_heap_all_the_same() {
    suite
        .over("prices", 0, 1)
        .over(ATest.of("run", "crawls").allocated(MIB), 1, 6)
        .thrown(3.5, "Java heap space");
    assertThat(culprits(10, 15, 60, 95, 20, 20)).containsExactly("OrderTest.crawls()");
  }

  @Test
  void a_class_around_it_is_not_named_for_what_grew_when_both_ran() {
    suite
        .over(ATest.of("run", "fixtures").ofClass(), 0.9, 3.1)
        .over(ATest.of("run", "catches").allocated(MIB), 1.1, 3)
        .thrown(2.5, "Java heap space");
    assertThat(culprits(10, 15, 95, 95)).doesNotContain("OrderTest (fixtures)");
  }

  @Test
  void a_test_before_it_is_not_named_for_what_grew_when_both_ran() {
    suite
        .over("waits", 0, 1.1)
        .over(ATest.of("run", "catches").allocated(MIB), 1.1, 3)
        .thrown(2.5, "Java heap space");
    assertThat(culprits(10, 15, 95, 95)).doesNotContain("OrderTest.waits()");
  }

  @Test
  void a_class_around_it_that_had_filled_it_before_is() {
    suite
        .over(ATest.of("run", "fixtures").ofClass(), 0, 4)
        .over(ATest.of("run", "catches").allocated(MIB), 2.1, 3)
        .thrown(2.5, "Java heap space");
    assertThat(culprits(10, 75, 90, 95)).containsExactly("OrderTest (fixtures)");
  }

  @Test
  void of_several_that_ran_then_none_is_known_to_have_met_it() {
    suite
        .over(ATest.of("run", "catches").allocated(80 * MIB), 1, 3)
        .over("reads", 1, 3)
        .thrown(2.5, "Java heap space")
        .samples(ASample::heapUsed, 10, 15, 60, 95);
    Facts facts = suite.build();
    assertThat(Throwers.of(facts, facts.runs().get(0), Cause.JAVA_HEAP)).isNull();
  }

  @Test
  void who_is_said_to_have_filled_it_has_allocated_that_much() {
    suite.over(thrower("loads").allocated(25 * MIB), 1, 3);
    assertThat(of(Cause.JAVA_HEAP, ASample::heapUsed, 10, 10, 10).filled()).isTrue();
  }

  @Test
  void who_asked_for_more_than_was_free_has_filled_nothing() {
    suite.over(thrower("loads").allocated(24 * MIB), 1, 3);
    assertThat(of(Cause.JAVA_HEAP, ASample::heapUsed, 10, 10, 10).filled()).isFalse();
  }

  @Test
  void who_was_refused_a_thread_needs_no_memory_to_be_the_culprit() {
    suite.over("waits", 0, 1).over(thrower("starts").allocated(MIB), 1, 3);
    assertThat(of(Cause.THREADS, ASample::stacks, 10, 10, 11).culprits())
        .extracting(Culprit::name)
        .containsExactly("OrderTest.starts()");
  }

  @Test
  void but_not_where_another_test_left_the_threads() {
    suite.over("leaves", 0, 1).over(thrower("starts").allocated(MIB), 1.5, 3);
    assertThat(of(Cause.THREADS, ASample::stacks, 2, 30, 31).culprits())
        .extracting(Culprit::name)
        .doesNotContain("OrderTest.starts()");
  }

  @Test
  void who_left_threads_is_told_by_their_number_whatever_stacks_say() {
    ATest starts = thrower("starts").allocated(MIB);
    ATest waits = ATest.of("run", "waits");
    suite.over(waits, 0, 1).over(starts, 1, 3).threads(waits, 10, 12).threads(starts, 12, 60);
    Throwers found = of(Cause.THREADS, ASample::stacks, 2, 30, 31);
    assertThat(found.culprits()).extracting(Culprit::name).containsExactly("OrderTest.starts()");
    assertThat(found.evidence().get(0).text())
        .isEqualTo("OrderTest.starts() left 48 threads running");
    assertThat(found.filled()).isFalse();
  }

  @Test
  void who_only_met_the_limit_of_threads_is_not_named() {
    ATest starts = thrower("starts").allocated(MIB);
    ATest leaves = ATest.of("run", "leaves");
    suite.over(leaves, 0, 1).over(starts, 1, 3).threads(leaves, 10, 60).threads(starts, 60, 61);
    Throwers found = of(Cause.THREADS, ASample::stacks, 2, 2, 31);
    assertThat(found.culprits()).extracting(Culprit::name).containsExactly("OrderTest.leaves()");
    assertThat(found.evidence().get(0).text())
        .isEqualTo(
            "OrderTest.starts() only met the limit: OrderTest.leaves() left 50 threads running");
    assertThat(found.filled()).isTrue();
  }

  @Test
  void threads_that_were_left_beside_another_test_or_are_few_tell_nothing() {
    ATest starts = thrower("starts").allocated(MIB);
    ATest leaves = ATest.of("run", "leaves");
    suite.over(leaves, 0, 2).over(starts, 1, 3).threads(leaves, 10, 60).threads(starts, 20, 61);
    assertThat(of(Cause.THREADS, ASample::stacks, 2, 2, 31).evidence())
        .noneMatch(evidence -> evidence.text().contains("threads running"));
    ATest few = thrower("few").allocated(MIB);
    ASuite other = ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)));
    Facts facts =
        other.over(few, 1, 3).threads(few, 10, 17).samples(ASample::stacks, 2, 3, 3).build();
    assertThat(Throwers.of(facts, facts.runs().get(0), Cause.THREADS).evidence()).isEmpty();
  }

  @Test
  void who_filled_direct_memory_right_after_another_test_ended_is_told_by_what_was_asked_then() {
    suite
        .over("waits", 0, 1.1)
        .over("keeps", 1.2, 1.8)
        .over(thrower("asks").allocated(MIB), 1.9, 3)
        .direct(1.1, 1)
        .direct(1.2, 1)
        .direct(1.8, 56)
        .direct(1.9, 56);
    Throwers found = of(Cause.DIRECT_BUFFERS, ASample::direct, 1, 1, 56, 56);
    assertThat(found.culprits()).extracting(Culprit::name).containsExactly("OrderTest.keeps()");
    assertThat(found.filled()).isTrue();
  }

  @Test
  void direct_memory_that_a_test_before_gave_back_is_no_fault_of_it() {
    suite
        .over("waits", 0, 1.1)
        .over("gives_back", 1.2, 1.8)
        .over(thrower("asks").allocated(80 * MIB), 1.9, 3)
        .direct(1.2, 1)
        .direct(1.8, 56)
        .direct(1.9, 1);
    assertThat(of(Cause.DIRECT_BUFFERS, ASample::direct, 1, 1, 1, 60).culprits())
        .extracting(Culprit::name)
        .doesNotContain("OrderTest.gives_back()");
  }

  @Test
  void who_filled_the_heap_on_other_threads_is_told_by_the_objects_that_lived_then() {
    ATest imports = ATest.of("run", "imports").allocated(MIB);
    suite.over("waits", 0, 1).over(imports, 1, 3).thrown(2.5, "Java heap space");
    suite.heapWhenExhausted(AHeapSite.of("run", 60).error(10).by(imports));
    Throwers found = of(Cause.JAVA_HEAP, ASample::heapUsed, 10, 10, 10);
    assertThat(found.culprits()).extracting(Culprit::name).containsExactly("OrderTest.imports()");
    assertThat(found.culprits().get(0).bytes()).isEqualTo(60 * MIB);
    assertThat(found.evidence().get(0).text())
        .isEqualTo("Objects of OrderTest.imports() took 60.0 MiB (±17 %) right after the error");
    assertThat(found.filled()).isTrue();
  }

  @Test
  void the_objects_tell_against_a_test_that_did_not_throw_too() {
    ATest keeps = ATest.of("run", "keeps");
    suite.over(keeps, 0, 1).over(thrower("loads").allocated(80 * MIB), 1, 3);
    suite.heapWhenExhausted(AHeapSite.of("run", 50).by(keeps));
    Throwers found = of(Cause.JAVA_HEAP, ASample::heapUsed, 10, 15, 60, 95);
    assertThat(found.culprits()).extracting(Culprit::name).containsExactly("OrderTest.keeps()");
    assertThat(found.evidence().get(0).text())
        .startsWith("OrderTest.loads() only met the limit: objects of OrderTest.keeps() took ");
  }

  @Test
  void of_several_that_ran_then_the_objects_tell_which() {
    ATest catches = ATest.of("run", "catches");
    suite.over(catches, 1, 3).over("reads", 1, 3).thrown(2.5, "Java heap space");
    suite.heapWhenExhausted(AHeapSite.of("run", 70).by(catches));
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest.catches()");
  }

  @Test
  void large_objects_take_twice_as_much_of_the_heap_as_they_have() {
    ATest imports = ATest.of("run", "imports").allocated(MIB);
    suite.over("waits", 0, 1).over(imports, 1, 3).thrown(2.5, "Java heap space");
    suite.heapWhenExhausted(AHeapSite.of("run", 27).error(2).by(imports));
    assertThat(culprits(50, 60, 60, 95)).containsExactly("OrderTest.imports()");
  }

  @Test
  void objects_that_are_less_than_a_quarter_of_the_heap_tell_nothing() {
    ATest imports = ATest.of("run", "imports").allocated(MIB);
    suite.over("waits", 0, 1).over(imports, 1, 3).thrown(2.5, "Java heap space");
    suite.heapWhenExhausted(AHeapSite.of("run", 27).error(3).by(imports));
    assertThat(culprits(50, 60, 60, 95)).isEmpty();
  }

  @Test
  void objects_that_may_be_less_than_half_of_what_lived_tell_nothing() {
    ATest keeps = ATest.of("run", "keeps");
    suite.over(keeps, 0, 1).over(thrower("loads").allocated(80 * MIB), 1, 3);
    suite.heapWhenExhausted(AHeapSite.of("run", 40).error(1).by(keeps));
    suite.heapWhenExhausted(AHeapSite.of("run", 40));
    assertThat(culprits(10, 15, 60, 95)).containsExactly("OrderTest.loads()");
  }

  private Throwers of(Cause cause, BiFunction<ASample, Long, ASample> kind, Integer... megabytes) {
    Facts facts = suite.samples(kind, megabytes).build();
    return Throwers.of(facts, facts.runs().get(0), cause);
  }

  private static ATest thrower(String method) {
    return ATest.of("run", method)
        .status(TestStatus.FAILED)
        .failure("java.lang.OutOfMemoryError: Java heap space");
  }

  private List<String> culprits(Integer... used) {
    Facts facts = suite.samples(ASample::heapUsed, used).build();
    return Throwers.of(facts, facts.runs().get(0), Cause.JAVA_HEAP).culprits().stream()
        .map(Culprit::name)
        .toList();
  }
}
