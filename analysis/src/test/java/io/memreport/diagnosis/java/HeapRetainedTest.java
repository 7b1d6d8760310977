// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.Leak;
import io.memreport.model.verdict.Confidence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a test left is a leak if the application holds it, or if it is too much for a beginning. */
class HeapRetainedTest {
  private static final long MIB = 1 << 20;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String OURS = "byte[] held by static shop.Cache.ALL → java.lang.Object[]";
  private static final String LIBRARY = "byte[] held by static org.mockito.internal.Cache.ALL";
  private static final String CONTEXT =
      "byte[] held by org.springframework.context.support.GenericApplicationContext.beanFactory";

  private final SomeFacts some = new SomeFacts().run(ARun.of("r", NOON));

  @Test
  void what_a_static_field_of_the_application_holds_is_a_leak_from_two_mebibytes_on() {
    some.test(test("first", 2 * MIB).left(OURS));
    Suspicion found = leaks().get(0);
    assertThat(found.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(found.finding().evidence()).endsWith("a sample of it: " + OURS);
    assertThat(undecided()).isEmpty();
  }

  @Test
  void a_constant_of_a_library_holds_no_buffers_that_another_library_made() {
    ATest first =
        test("first", 40 * MIB).left("com.lmax.Timeout held by static com.lmax.Timeout.IT");
    some.test(first);
    assertThat(leaks()).hasSize(1);
    some.heap(
        AHeapSite.of("r", 19).by(first).at("org.apache.logging.Ring.<init>(Ring.java:7)").inUse());
    assertThat(leaks()).as("less than half").hasSize(1);
    some.heap(
        AHeapSite.of("r", 1).by(first).at("org.apache.logging.Ring.<init>(Ring.java:9)").inUse());
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0)).contains("held by caches of libraries");
  }

  @Test
  void what_came_from_lines_whose_objects_the_application_holds_is_its_too() {
    String line = "shop.Log.add(Log.java:9)";
    ATest other = test("other", 10 * MIB);
    ATest first = test("first", 10 * MIB);
    some.test(other).test(first);
    some.heap(AHeapSite.of("r", 8).by(first).at(line).inUse());
    some.heap(AHeapSite.of("r", 9).by(other).at(line).inUse());
    assertThat(leaks()).as("of neither is seen what holds it").isEmpty();
    ATest third = test("third", 3 * MIB).left(OURS);
    some.test(third);
    some.heap(AHeapSite.of("r", 3).by(third).at("shop.Other.add(Other.java:1)").inUse());
    assertThat(leaks()).as("another line").hasSize(1);
    some.heap(AHeapSite.of("r", 3).by(third).at(line).inUse());
    assertThat(leaks()).hasSize(3);
  }

  @Test
  void lines_that_explain_less_than_four_fifths_do_not_tell_of_the_rest() {
    String line = "shop.Log.add(Log.java:9)";
    ATest first = test("first", 10 * MIB);
    ATest third = test("third", 3 * MIB).left(OURS);
    some.test(first).test(third);
    some.heap(AHeapSite.of("r", 7).by(first).at(line).inUse());
    some.heap(AHeapSite.of("r", 3).by(third).at(line).inUse());
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void constants_are_made_once_by_whichever_test_comes_first() {
    ATest first = test("first", 10 * MIB).left("int[] held by static shop.Primes.ALL");
    some.test(first);
    some.heap(
        AHeapSite.of("r", 7)
            .by(first)
            .at("shop.Sieve.run(Sieve.java:7)")
            .at("shop.Primes.<clinit>(Primes.java:3)")
            .inUse());
    some.heap(AHeapSite.of("r", 9).by(first).at("shop.Primes.<clinit>(Primes.java:4)"));
    assertThat(leaks()).as("seven tenths, and garbage").hasSize(1);
    some.heap(AHeapSite.of("r", 1).by(first).at("shop.Primes.<clinit>(Primes.java:4)").inUse());
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0))
        .endsWith(", most of it by constants of classes, which are made once");
  }

  @Test
  void caches_that_throw_entries_away_are_bounded() {
    String caffeine = "com.github.benmanes.caffeine.cache.";
    String guava = "com.google.common.cache.LocalCache$";
    String held = "byte[] held by static shop.OrderTest.CACHE → ";
    for (String bounded :
        List.of(
            caffeine + "SSMS.accessOrderProbationDeque",
            caffeine + "WILSMWAW.data → java.util.concurrent.ConcurrentHashMap.table",
            guava + "Segment.table → " + guava + "StrongAccessEntry.valueReference",
            guava + "Segment.table → " + guava + "WeakAccessWriteEntry.valueReference",
            "org.apache.commons.collections4.map.LRUMap.data",
            "com.google.common.collect.EvictingQueue.delegate")) {
      assertThat(leaksOf(held + bounded)).as(bounded).isEmpty();
    }
    for (String unbounded :
        List.of(
            caffeine + "UnboundedLocalCache.data",
            caffeine + "SSA.accessOrderWindowDeque",
            guava + "Segment.table → " + guava + "StrongEntry.valueReference",
            "org.apache.commons.collections4.map.LinkedMap.data")) {
      assertThat(leaksOf(held + unbounded)).as(unbounded).hasSize(1);
    }
    some.test(test("first", 32 * MIB).left(held + caffeine + "SSMS.data"));
    assertThat(undecided().get(0))
        .contains("held by a cache that throws entries away when it is full");
  }

  private static List<Suspicion> leaksOf(String chain) {
    ATest test = test("first", 32 * MIB).left(chain);
    return new HeapRetained().examine(new SomeFacts().run(ARun.of("r", NOON)).test(test).build());
  }

  @Test
  void what_a_server_keeps_for_its_connections_is_the_servers() {
    String server = "sun.net.httpserver.HttpServerImpl.all → java.util.HashMap.table";
    String field = "byte[] held by static shop.OrderTest.server → ";
    some.test(test("first", 16 * MIB).left(field + server));
    assertThat(leaks()).isEmpty();
    some.test(test("second", 16 * MIB).left(field + server + " → shop.Sessions.all"));
    assertThat(leaks()).as("what its handler keeps").hasSize(1);
    some.test(test("third", 16 * MIB).left("byte[] held by the stack of a thread → " + server));
    assertThat(leaks()).as("a server that was not stopped").hasSize(2);
  }

  @Test
  void histograms_say_of_which_classes_the_largest_three() {
    some.test(
        test("first", 9 * MIB)
            .left(OURS)
            .grewBy("byte[]", 4 * MIB)
            .grewBy("shop.Cart", 3 * MIB)
            .grewBy("int[]", 2 * MIB)
            .grewBy("shop.Item", MIB));
    assertThat(leaks().get(0).finding().evidence())
        .contains(
            "more than before the test, by class 4.00 MiB of byte[], 3.00 MiB of shop.Cart,"
                + " 2.00 MiB of int[]; a sample");
  }

  @Test
  void what_nearly_all_tests_of_a_class_repeat_is_one_fault_with_its_sum() {
    for (int i = 0; i < 10; i++) {
      some.test(test("fills" + i, i == 0 ? MIB : (i == 9 ? 7 : 5) * MIB).left(OURS));
    }
    Suspicion found = leaks().get(0);
    assertThat(leaks()).hasSize(1);
    assertThat(found.finding().title())
        .isEqualTo("OrderTest left 47.0 MiB of Java heap behind in its 9 tests");
    assertThat(found.bytes()).isEqualTo(47 * MIB);
    assertThat(found.culprits())
        .extracting("type")
        .containsExactly("class", "test", "test", "test", "test", "test");
    assertThat(found.culprits().get(1).name()).isEqualTo("OrderTest.fills9()");
    assertThat(found.confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void of_fewer_each_is_named() {
    for (int i = 0; i < 10; i++) {
      some.test(test("fills" + i, i < 2 ? MIB : 5 * MIB).left(OURS));
    }
    assertThat(leaks()).hasSize(8);
  }

  @Test
  void four_tests_are_too_few_to_speak_of_their_class() {
    for (int i = 0; i < 4; i++) {
      some.test(test("fills" + i, 5 * MIB).left(OURS));
    }
    assertThat(leaks()).hasSize(4);
  }

  @Test
  void of_several_samples_that_of_the_application_counts() {
    some.test(test("first", 2 * MIB).left(LIBRARY).left(OURS));
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void what_the_first_test_costs_once_is_none_unless_it_is_much() {
    some.test(test("first", HeapRetained.ONCE_BYTES - 1));
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0))
        .startsWith(
            "The Java heap grew by 16.0 MiB in OrderTest.first(), and nothing that holds it was found");
  }

  @Test
  void what_three_more_tests_leave_is_not_what_the_first_one_costs_once() {
    some.test(test("first", 5 * MIB));
    some.test(test("a", 4 * MIB).at(NOON)).test(test("b", 4 * MIB).at(NOON));
    assertThat(leaks()).hasSize(2);
    some.test(test("c", 4 * MIB).at(NOON));
    assertThat(leaks()).hasSize(4);
  }

  @Test
  void what_the_first_one_costs_beyond_what_others_leave_may_be_loaded_once() {
    some.test(test("first", 5 * MIB + 2));
    for (String name : List.of("a", "b", "c")) {
      some.test(test(name, 4 * MIB).at(NOON));
    }
    assertThat(leaks()).hasSize(3);
  }

  @Test
  void what_threads_took_that_no_test_which_ran_had_started_is_not_of_that_test() {
    ATest waits = test("waits", 20 * MIB).left(OURS);
    some.test(waits).heap(AHeapSite.of("r", 11).error(1).at("shop.Poll.run").inUse());
    assertThat(leaks()).isEmpty();
    assertThat(undecided())
        .containsExactly(
            "The Java heap grew by 20.0 MiB in OrderTest.waits(), most of it by threads that"
                + " fixtures or earlier tests had left running");
  }

  @Test
  void what_threads_of_a_fixture_took_while_it_ran_is_not_of_that_test() {
    ATest fixture = ATest.of("r", "all").ofClass().retained(MIB);
    ATest waits = test("waits", 20 * MIB).left(OURS);
    some.test(fixture).test(waits);
    some.heap(AHeapSite.of("r", 12).by(fixture).error(1).at("shop.Poll.run").inUse());
    assertThat(leaks()).isEmpty();
    assertThat(undecided()).hasSize(1);
  }

  @Test
  void what_a_fixture_was_measured_to_have_left_acquits_no_test() {
    ATest fixture = ATest.of("r", "all").ofClass().retained(2 * MIB);
    ATest waits = test("waits", 20 * MIB).left(OURS);
    some.test(fixture).test(waits);
    some.heap(AHeapSite.of("r", 12).by(fixture).error(1).at("shop.Poll.run").inUse());
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void unless_they_may_have_taken_less_or_the_test_as_much() {
    ATest waits = test("waits", 20 * MIB).left(OURS);
    some.test(waits).heap(AHeapSite.of("r", 11).error(2).at("shop.Poll.run").inUse());
    assertThat(leaks()).hasSize(1);
    some.heap(AHeapSite.of("r", 20).at("shop.Poll.run"));
    some.heap(AHeapSite.of("r", 20).inUse());
    some.heap(AHeapSite.of("other", 20).at("shop.Poll.run").inUse());
    assertThat(leaks()).as("garbage, no line, another run").hasSize(1);
    some.heap(AHeapSite.of("r", 20).at("shop.Poll.run").inUse());
    some.heap(AHeapSite.of("r", 9).error(1).by(waits).at("shop.Cart.add").inUse());
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void from_there_on_it_is_likely_one() {
    some.test(test("first", HeapRetained.ONCE_BYTES));
    assertThat(leaks().get(0).confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void what_a_later_test_costs_may_be_some_part_of_the_jdk() {
    some.test(test("first", 0L)).test(test("second", HeapRetained.LOADED_BYTES - 1).at(NOON));
    assertThat(leaks()).isEmpty();
    assertThat(undecided()).hasSize(1);
    some.test(test("third", HeapRetained.LOADED_BYTES).at(NOON));
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void three_tests_do_not_load_the_same_thing() {
    some.test(test("first", 0L));
    for (String name : List.of("a", "b", "c")) {
      some.test(test(name, 2 * MIB).at(NOON));
    }
    assertThat(leaks()).hasSize(3);
  }

  @Test
  void a_cache_of_a_library_is_filled_once() {
    some.test(test("a", 0L)).test(test("b", 3 * MIB).left(LIBRARY).at(NOON));
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0)).contains("held by caches of libraries", LIBRARY);
  }

  @Test
  void what_soft_references_hold_goes_when_memory_is_short() {
    String soft = "java.lang.ref.SoftReference held by static shop.Cache.ALL";
    some.test(test("a", 0L)).test(test("b", 40 * MIB).left(soft).at(NOON));
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0)).contains("held by soft references", soft);
    String weak = "byte[] held by " + Leak.HELD_WEAKLY;
    some.test(test("weak", 40 * MIB).left(weak).at(NOON));
    assertThat(undecided().get(1)).contains("held by soft references", weak);
    some.test(test("c", 40 * MIB).left(soft).left(OURS).at(NOON));
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void what_libraries_keep_of_three_tests_is_no_cache() {
    for (String name : List.of("a", "b", "c")) {
      some.test(test(name, 3 * MIB).left(LIBRARY));
    }
    assertThat(leaks()).hasSize(3);
  }

  @Test
  void code_that_is_neither_near_the_test_nor_known_may_fill_a_cache_once() {
    String foreign = "byte[] held by static org.acme.server.Parser.TEXTS";
    some.test(test("a", 0L)).test(test("b", HeapRetained.ONCE_BYTES - 1).left(foreign).at(NOON));
    assertThat(leaks()).isEmpty();
    assertThat(undecided().get(0)).contains("held by caches of libraries", foreign);
    some.test(test("c", HeapRetained.ONCE_BYTES).left(foreign).at(NOON));
    assertThat(leaks().get(0).confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(leaks().get(0).finding().advice()).doesNotContain("org.acme");
  }

  @Test
  void what_the_application_hangs_into_such_code_is_the_applications() {
    String listener =
        "byte[] held by static org.acme.Bus.ALL → java.lang.Object[] → shop.Listener.seen";
    some.test(test("a", 2 * MIB).left(listener));
    assertThat(leaks().get(0).confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void near_a_test_is_what_shares_two_parts_of_its_package() {
    some.test(
        test("a", 2 * MIB)
            .in("com.shop.it.OrderTest")
            .left("byte[] held by static com.shop.core.Cache.ALL"));
    assertThat(leaks()).hasSize(1);
    some.test(
        test("b", 2 * MIB)
            .in("com.shop.it.OrderTest")
            .left("byte[] held by static com.other.Cache.ALL"));
    assertThat(leaks()).hasSize(1);
    some.test(
        test("c", 2 * MIB)
            .in("OrderTest")
            .left("byte[] held by static Cache.ALL → java.lang.Object[]"));
    assertThat(leaks()).hasSize(2);
    some.test(test("d", 2 * MIB).in("OrderTest").left("byte[] held by static org.other.Cache.ALL"));
    assertThat(leaks()).hasSize(2);
  }

  @Test
  void a_thread_that_loads_classes_tells_nothing() {
    String loader =
        "java.lang.Class held by the stack of a thread → jdk.internal.loader.ClassLoaders$AppClassLoader.classes → java.lang.Object[]";
    some.test(test("a", 3 * MIB).left(loader));
    assertThat(leaks()).isEmpty();
  }

  @Test
  void what_a_thread_local_holds_is_of_the_code_under_test() {
    some.test(
        test("a", 3 * MIB)
            .left(
                "byte[] held by the stack of a thread → java.lang.Thread.threadLocals → java.lang.ThreadLocal$ThreadLocalMap.table"));
    assertThat(leaks()).hasSize(1);
  }

  @Test
  void what_mockito_holds_has_advice_of_its_own_unless_a_field_holds_the_mocks() {
    String recorded =
        " → org.mockito.internal.invocation.InterceptedInvocation.arguments → java.lang.Object[]";
    some.test(test("a", 20 * MIB).left("byte[] held by the stack of a thread" + recorded).at(NOON));
    assertThat(leaks().get(0).finding().advice())
        .contains("Mockito.framework().clearInlineMocks()", "withSettings().stubOnly()");
    some.test(test("b", 20 * MIB).left("byte[] held by static shop.Carts.ALL" + recorded));
    assertThat(leaks().get(1).finding().advice()).startsWith("Clear shop.Carts.ALL");
  }

  @Test
  void contexts_of_spring_belong_to_its_cache() {
    some.test(test("a", 5 * MIB).left(CONTEXT)).test(test("b", 4 * MIB).left(CONTEXT));
    assertThat(leaks()).isEmpty();
    assertThat(undecided()).isEmpty();
    Suspicion found = new SpringContextsKept().examine(some.build()).get(0);
    assertThat(found.isHeld()).isFalse();
    assertThat(found.clause()).isEqualTo("keeps 2 application contexts, 9.00 MiB");
    assertThat(found.finding().evidence())
        .isEqualTo(
            "The first tests of their configurations were OrderTest.a() (5.00 MiB), OrderTest.b()"
                + " (4.00 MiB)");
  }

  @Test
  void one_context_is_what_every_suite_with_spring_has() {
    some.test(test("a", 5 * MIB).left(CONTEXT));
    assertThat(new SpringContextsKept().examine(some.build())).isEmpty();
    assertThat(leaks()).isEmpty();
  }

  @Test
  void fixtures_that_pay_for_a_part_of_it_have_no_context_of_their_own() {
    some.test(test("all", 3 * MIB).ofClass().left(CONTEXT)).test(test("a", 5 * MIB).left(CONTEXT));
    assertThat(new SpringContextsKept().examine(some.build())).isEmpty();
    some.test(test("others", 3 * MIB).ofClass().in("shop.StockTest").left(CONTEXT));
    assertThat(new SpringContextsKept().examine(some.build()).get(0).clause())
        .isEqualTo("keeps 2 application contexts, 8.00 MiB");
  }

  @Test
  void what_native_code_holds_needs_other_advice_than_a_static_field() {
    some.test(test("a", 5 * MIB).left("byte[] held by a JNI global reference → shop.Retry.all"));
    assertThat(leaks().get(0).finding().advice()).startsWith("A JNI global reference keeps it");
  }

  private static ATest test(String method, Long retained) {
    return ATest.of("r", method).retained(retained);
  }

  private List<Suspicion> leaks() {
    Facts facts = some.build();
    return new HeapRetained().examine(facts);
  }

  private List<String> undecided() {
    return new HeapRetained().undecided(some.build());
  }
}
