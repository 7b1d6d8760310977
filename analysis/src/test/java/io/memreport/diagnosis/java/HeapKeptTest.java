// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.verdict.Confidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What samples of the Java heap say that a test left, and what they don't. */
class HeapKeptTest {
  private static final long MIB = 1 << 20;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String LINE = "shop.Cache.put(Cache.java:42)";

  private final ATest test = ATest.of("r", "fills");
  private final SomeFacts some = new SomeFacts().run(ARun.of("r", NOON));

  @Test
  void twenty_mebibytes_in_use_that_may_be_sixteen_are_a_leak() {
    some.test(test).heap(site(20).error(4).inUse());
    Suspicion found = found().get(0);
    assertThat(found.bytes()).isEqualTo(20 * MIB);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(found.finding().title())
        .isEqualTo("OrderTest.fills() left 20.0 MiB of Java heap behind");
    assertThat(found.finding().evidence())
        .isEqualTo(
            "After a full collection at the end of the run 20.0 MiB (±20 %) of its objects were in"
                + " use, estimated from 20 samples; most are byte[] from "
                + LINE);
    assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.fills()");
  }

  @Test
  void of_a_fixture_what_its_threads_took_besides_what_collections_measured_is_told() {
    ATest fixture = ATest.of("r", "all").ofClass().retained(5 * MIB);
    some.test(fixture).heap(AHeapSite.of("r", 25).by(fixture).at(LINE).inUse());
    assertThat(found())
        .singleElement()
        .satisfies(found -> assertThat(found.bytes()).isEqualTo(20 * MIB));
    some.test(ATest.of("r", "other").ofClass().retained(10 * MIB))
        .heap(AHeapSite.of("r", 25).by(ATest.of("r", "other").ofClass()).at(LINE).inUse());
    assertThat(found()).as("15 MiB are too few").hasSize(1);
  }

  @Test
  void what_code_made_for_a_constant_is_a_constant_and_caches_that_evict_are_bounded() {
    some.test(test).heap(site(20).at("shop.Cache.<clinit>(Cache.java:3)").inUse());
    assertThat(found()).isEmpty();
    ATest reads =
        ATest.of("r", "reads")
            .left(
                "byte[] held by static shop.Cache.ALL →"
                    + " com.github.benmanes.caffeine.cache.SSMS.data");
    some.test(reads).heap(AHeapSite.of("r", 30).by(reads).at(LINE).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void tests_that_fill_a_bounded_cache_together_left_nothing_together() {
    String evicts = "com.github.benmanes.caffeine.cache.SSMS.data";
    for (String name : List.of("a", "b", "c")) {
      ATest reads = ATest.of("r", name).left("byte[] held by static shop.Cache.ALL → " + evicts);
      some.test(reads).heap(AHeapSite.of("r", 7).by(reads).at(LINE).inUse());
    }
    assertThat(found()).isEmpty();
    for (String name : List.of("d", "e", "f")) {
      ATest reads = ATest.of("r", name);
      some.test(reads).heap(AHeapSite.of("r", 7).by(reads).at(LINE).inUse());
    }
    assertThat(found()).hasSize(1);
  }

  @Test
  void of_a_test_that_collections_bracket_samples_tell_nothing_more() {
    ATest measured = ATest.of("r", "measured").retained(0L);
    some.test(measured).heap(AHeapSite.of("r", 25).by(measured).at(LINE).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void what_mockito_holds_has_advice_of_its_own() {
    test.left(
        "byte[] held by the stack of a thread →"
            + " org.mockito.internal.invocation.InterceptedInvocation.arguments");
    some.test(test).heap(site(20).inUse());
    assertThat(found().get(0).finding().advice())
        .startsWith("Mockito keeps what its mocks were called with.");
  }

  @Test
  void sixteen_mebibytes_that_may_be_eight_are_a_leak() {
    some.test(test).heap(site(16).error(8).inUse());
    assertThat(found()).hasSize(1);
  }

  @Test
  void less_may_be_less_than_it_seems() {
    some.test(test).heap(site(16).error(9).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void fifteen_mebibytes_are_too_few_however_sure() {
    some.test(test).heap(site(15).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void several_lines_of_a_test_add_up_and_the_largest_is_told() {
    some.test(test)
        .heap(site(9).inUse().ofClass("long[]"))
        .heap(AHeapSite.of("r", 10).by(test).at("shop.Index.add(Index.java:7)").inUse());
    assertThat(found().get(0).finding().evidence())
        .contains("19.0 MiB of its", "byte[] from shop.Index.add(Index.java:7)");
  }

  @Test
  void what_no_full_collection_has_met_may_be_garbage() {
    some.test(test).heap(site(500));
    assertThat(found()).isEmpty();
  }

  @Test
  void of_what_was_met_in_part_only_that_part_counts() {
    some.test(test).heap(site(100).inUse(15));
    assertThat(found()).isEmpty();
    some.heap(site(1).inUse());
    assertThat(found()).hasSize(1);
  }

  @Test
  void what_libraries_made_is_theirs_unless_the_application_is_known_to_hold_it() {
    AHeapSite made =
        AHeapSite.of("r", 20).by(test).at("org.apache.logging.Ring.<init>(Ring.java:7)");
    some.test(test.left("com.lmax.Timeout held by static com.lmax.Timeout.IT")).heap(made.inUse());
    assertThat(found()).isEmpty();
    some.heap(site(21).inUse());
    assertThat(found()).as("more than half is the application's").hasSize(1);
  }

  @Test
  void what_libraries_made_for_a_field_of_the_application_is_the_applications() {
    AHeapSite made =
        AHeapSite.of("r", 20).by(test).at("org.apache.logging.Ring.<init>(Ring.java:7)");
    some.test(test.left("byte[] held by static shop.Cache.ALL")).heap(made.inUse());
    assertThat(found()).hasSize(1);
  }

  @Test
  void a_library_fills_its_caches_once() {
    some.test(test).heap(site(50).via("org.acme.lib.Pool.grow(Pool.java:3)").inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void what_a_library_read_for_a_field_of_the_application_is_a_leak() {
    AHeapSite read = site(20).via("org.sqlite.core.NativeDB.column_blob(NativeDB.java:-1)");
    some.test(test.left("byte[] held by static shop.Cache.ALL")).heap(read.inUse());
    assertThat(found()).hasSize(1);
  }

  @Test
  void eight_mebibytes_of_it_are_enough() {
    some.test(test.left("byte[] held by static shop.Cache.ALL"));
    some.heap(site(10).via("org.acme.lib.Rows.read(Rows.java:3)").error(2).inUse());
    assertThat(found()).hasSize(1);
  }

  @Test
  void of_less_a_librarys_objects_may_be_its_caches() {
    some.test(test.left("byte[] held by static shop.Cache.ALL"));
    some.heap(site(10).via("org.acme.lib.Rows.read(Rows.java:3)").error(3).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void a_librarys_objects_are_its_own_if_the_field_holds_others_or_is_the_librarys() {
    AHeapSite made = site(50).via("org.acme.lib.Pool.grow(Pool.java:3)").ofClass("long[]");
    some.test(
            test.left("byte[] held by static shop.Cache.ALL")
                .left("long[] held by static org.acme.lib.Pool.ALL"))
        .heap(made.inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void constants_of_a_class_are_no_leak() {
    AHeapSite constants = AHeapSite.of("r", 50).by(test).at("shop.Primes.<clinit>(Primes.java:9)");
    some.test(test).heap(constants.inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void of_what_no_line_of_the_application_or_no_test_allocated_nobody_is_accused() {
    some.test(test)
        .heap(AHeapSite.of("r", 50).by(test).inUse())
        .heap(AHeapSite.of("r", 50).at(LINE).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void a_test_that_still_ran_has_left_nothing_yet() {
    some.test(test.status(TestStatus.RUNNING_AT_END)).heap(site(50).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void full_collections_around_a_test_know_better() {
    some.test(test.retained(0L)).heap(site(50).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void a_chain_from_a_static_field_makes_it_certain_and_names_what_to_clear() {
    some.test(test.left("byte[] held by static shop.Cache.ALL → java.lang.Object[]"))
        .heap(site(50).inUse());
    assertThat(found().get(0).confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(found().get(0).finding().advice())
        .isEqualTo("Clear shop.Cache.ALL after each test, or make it non-static.");
  }

  @Test
  void half_as_much_is_enough_if_a_static_field_of_the_application_is_seen_to_hold_it() {
    some.test(test.left("byte[] held by static shop.Cache.ALL → java.lang.Object[]"))
        .heap(site(10).error(2).inUse());
    assertThat(found()).hasSize(1);
    assertThat(found().get(0).finding().advice()).contains("shop.Cache.ALL");
  }

  @Test
  void less_than_that_is_not() {
    some.test(test.left("byte[] held by static shop.Cache.ALL → java.lang.Object[]"))
        .heap(site(9).error(2).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void soft_references_are_cleared_before_memory_runs_out() {
    some.test(test.left("byte[] held by java.lang.ref.SoftReference.referent"))
        .heap(site(50).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void a_cache_of_a_library_is_filled_once() {
    some.test(test.left("java.util.HashMap held by static java.time.format.Texts.CACHE"))
        .heap(site(50).inUse());
    assertThat(found()).isEmpty();
  }

  @Test
  void as_much_as_soft_references_hold_may_be_theirs() {
    some.test(test).heap(site(50).inUse());
    assertThat(found(35)).isEmpty();
    assertThat(found(34)).hasSize(1);
  }

  @Test
  void many_tests_of_a_class_add_up() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      ATest one = ATest.of("r", name);
      some.test(one).heap(AHeapSite.of("r", 4).by(one).at(LINE).inUse());
    }
    assertThat(found(0))
        .singleElement()
        .satisfies(all -> assertThat(all.bytes()).isEqualTo(20 * MIB))
        .satisfies(all -> assertThat(all.culprits().get(0).name()).isEqualTo("OrderTest"));
    assertThat(found(4)).hasSize(1);
    assertThat(found(5)).isEmpty();
  }

  @Test
  void four_are_not_many() {
    for (String name : List.of("a", "b", "c", "d")) {
      ATest one = ATest.of("r", name);
      some.test(one).heap(AHeapSite.of("r", 5).by(one).at("shop.Cache." + name).inUse());
    }
    assertThat(found(0)).isEmpty();
  }

  @Test
  void three_that_did_the_same_at_one_line_are() {
    for (String name : List.of("a", "b")) {
      ATest one = ATest.of("r", name);
      some.test(one).heap(AHeapSite.of("r", 7).by(one).at(LINE).inUse());
    }
    assertThat(found(0)).isEmpty();
    some.test(test).heap(site(7).inUse());
    assertThat(found(0))
        .singleElement()
        .satisfies(all -> assertThat(all.bytes()).isEqualTo(21 * MIB));
  }

  private List<Suspicion> found(long softMib) {
    Facts facts = some.build();
    Map<String, Long> soft =
        facts.tests().stream().collect(toMap(TestResult::id, one -> softMib * MIB));
    return new HeapKept().examine(facts.toBuilder().releasedHeap(soft).build());
  }

  private AHeapSite site(long mib) {
    return AHeapSite.of("r", mib).by(test).at(LINE);
  }

  private List<Suspicion> found() {
    return new HeapKept().examine(some.build());
  }
}
