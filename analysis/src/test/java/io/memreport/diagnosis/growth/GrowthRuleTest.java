// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.java.DirectBuffersRetained;
import io.memreport.diagnosis.java.MetaspaceRetained;
import io.memreport.diagnosis.jvm.ThreadStacksRetained;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.shm.MappedMemoryLeft;
import io.memreport.diagnosis.shm.TmpfsFilesLeft;
import io.memreport.fixtures.ALastCollection;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Growth of the process goes to the test that it fell into, if it stayed and was measured. */
class GrowthRuleTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;
  private static final ATest GUILTY = ATest.of("r", "keeps").retained(0L);
  private static final ATest KEEPS = ATest.of("r", "keeps");
  private static final ATest READS = ATest.of("r", "reads");
  private static final ATest INNOCENT = ATest.of("r", "reads").retained(0L);

  private final DirectBuffersRetained rule = new DirectBuffersRetained();
  private final SomeFacts facts = new SomeFacts().run(ARun.of("r", at(100)).ending(Ending.CLEAN));

  @Test
  void what_grew_in_one_test_and_stayed_is_its_own() {
    one_after_the_other();
    direct(0, 0, 16, 16, 16);
    Suspicion found = rule.examine(facts.build()).get(0);
    assertThat(found.clause()).isEqualTo("left 16.0 MiB of direct buffers behind");
    assertThat(found.culprits()).singleElement().hasFieldOrPropertyWithValue("bytes", 16 * MIB);
    assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.keeps()");
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(rule.undecided(facts.build())).isEmpty();
  }

  @Test
  void many_that_left_a_little_each_are_named_by_their_class() {
    for (int i = 1; i < 5; i++) {
      ATest test = ATest.of("r", "keeps" + i).retained(0L);
      facts.test(test).span(test, at(10L * i), at(10L * i + 10));
    }
    direct(0, 0, 10, 20, 30, 40, 40);
    Suspicion found = rule.examine(facts.build()).get(0);
    assertThat(found.clause()).isEqualTo("left 40.0 MiB of direct buffers behind in its 4 tests");
    assertThat(found.culprits())
        .singleElement()
        .satisfies(
            culprit -> {
              assertThat(culprit.type()).isEqualTo("class");
              assertThat(culprit.name()).isEqualTo("OrderTest");
            });
    assertThat(found.confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void tests_of_several_classes_have_none_in_common() {
    for (int i = 1; i < 5; i++) {
      ATest test = ATest.of("r", "keeps" + i).in("shop.C" + i).retained(0L);
      facts.test(test).span(test, at(10L * i), at(10L * i + 10));
    }
    direct(0, 0, 10, 20, 30, 40, 40);
    assertThat(rule.examine(facts.build()).get(0).culprits())
        .allMatch(culprit -> culprit.type().equals("test"))
        .hasSize(2);
  }

  @Test
  void below_the_threshold_or_given_back_nothing_is_said() {
    one_after_the_other();
    direct(0, 0, 15, 15, 15);
    assertSilent(facts.build());
  }

  @Test
  void what_was_given_back_later_is_not_held() {
    one_after_the_other();
    direct(0, 0, 500, 500, 10);
    assertSilent(facts.build());
  }

  @Test
  void what_the_next_test_gives_back_of_its_own_is_not_taken_from_the_first() {
    one_after_the_other();
    direct(0, 0, 40, 140, 40);
    Suspicion found = rule.examine(facts.build()).get(0);
    assertThat(found.culprits()).singleElement().hasFieldOrPropertyWithValue("bytes", 40 * MIB);
  }

  @Test
  void growth_before_tests_is_nobodys() {
    one_after_the_other();
    direct(0, 300, 300, 300, 300);
    assertSilent(facts.build());
  }

  @Test
  void parallel_tests_share_it_and_that_is_possible_only() {
    facts.test(GUILTY).test(INNOCENT);
    facts.span(GUILTY, at(10), at(30)).span(INNOCENT, at(10), at(30));
    direct(0, 0, 64, 64, 64);
    Suspicion found = rule.examine(facts.build()).get(0);
    assertThat(found.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(found.culprits().get(0).bytes()).isEqualTo(32 * MIB);
  }

  @Test
  void many_tests_that_leave_a_little_are_summed() {
    ATest second = ATest.of("r", "second").in("shop.StockTest").retained(0L);
    ATest third = ATest.of("r", "third").in("shop.PriceTest").retained(0L);
    facts.test(GUILTY).test(second).test(third);
    facts.span(GUILTY, at(10), at(20)).span(second, at(20), at(30)).span(third, at(30), at(40));
    direct(0, 0, 6, 12, 18);
    Suspicion found = rule.examine(facts.build()).get(0);
    assertThat(found.clause()).isEqualTo("and 2 more tests left 18.0 MiB of direct buffers behind");
    assertThat(found.bytes()).isEqualTo(18 * MIB);
  }

  @Test
  void without_full_collections_it_may_be_garbage() {
    ATest unmeasured = ATest.of("r", "keeps");
    facts.test(unmeasured).span(unmeasured, at(10), at(30));
    direct(0, 0, 64, 64, 64);
    assertThat(rule.examine(facts.build())).isEmpty();
    assertThat(rule.undecided(facts.build()))
        .containsExactly(
            "The process grew by 64.0 MiB of direct buffers: record with leaks=gc to tell garbage from what"
                + " tests left behind");
  }

  @Test
  void one_full_collection_at_the_end_of_the_run_is_not_enough() {
    unmeasured();
    for (int i = 0; i < 4; i++) {
      long bytes = i < 2 ? 0 : 200 * MIB;
      facts.sample(ASample.of("r", at(10L * i)).metaspace(bytes).other(bytes));
    }
    direct(0, 0, 64, 64);
    assertThat(rule.examine(collectedAtEnd())).isEmpty();
    assertThat(rule.undecided(collectedAtEnd())).hasSize(1);
    assertThat(new MetaspaceRetained().examine(collectedAtEnd())).isEmpty();
    assertThat(new MetaspaceRetained().undecided(collectedAtEnd())).hasSize(1);
    assertThat(new NativeMemoryRetained().examine(collectedAtEnd())).isEmpty();
    assertThat(new NativeMemoryRetained().undecided(collectedAtEnd())).hasSize(1);
  }

  @Test
  void of_direct_buffers_a_collection_at_the_end_of_the_run_tells_enough() {
    unmeasured();
    direct(0, 0, 64, 64);
    facts.buffersOfJdk("r", 0);
    assertThat(rule.undecided(facts.build())).isEmpty();
    assertThat(rule.examine(facts.build()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.bytes()).isEqualTo(64 * MIB);
              assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.keeps()");
            });
  }

  @Test
  void what_threads_keep_for_channels_of_the_jdk_is_of_no_test() {
    one_after_the_other();
    direct(0, 0, 40, 40, 40);
    facts.buffersOfJdk("r", 36 * MIB);
    assertSilent(facts.build());
  }

  @Test
  void what_they_keep_is_taken_off_where_the_jvm_counts_it_only() {
    one_after_the_other();
    direct(0, 0, 40, 40, 40);
    facts.lastCollection("r", ALastCollection.at(null).buffersOfJdk(36 * MIB, 0));
    assertThat(rule.examine(facts.build()))
        .singleElement()
        .satisfies(found -> assertThat(found.bytes()).isEqualTo(40 * MIB));
  }

  @Test
  void who_may_have_caused_that_is_not_named_for_what_others_left() {
    unmeasured();
    direct(0, 0, 45, 145);
    facts.buffersOfJdk("r", 45 * MIB);
    assertThat(rule.examine(facts.build()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.reads()");
              assertThat(found.culprits().get(0).bytes()).isEqualTo(55 * MIB);
            });
  }

  @Test
  void direct_buffers_are_told_by_boundaries_of_tests_where_these_were_measured() {
    unmeasured();
    direct(0, 0, 0, 64, 64);
    facts.buffersOfJdk("r", 0);
    assertThat(rule.examine(facts.build()).get(0).culprits().get(0).name())
        .isEqualTo("OrderTest.reads()");
    facts.buffers("r", at(10), 0).buffers("r", at(20), 64 * MIB);
    facts.buffers("r", at(20), 64 * MIB).buffers("r", at(30), 64 * MIB);
    assertThat(rule.examine(facts.build()).get(0).culprits())
        .extracting(culprit -> culprit.name())
        .containsExactly("OrderTest.keeps()");
    facts.buffers("other", at(35), 0).sample(ASample.of("r", at(50)).direct(2 * MIB));
    assertThat(rule.examine(facts.build())).as("given back after the last test").isEmpty();
  }

  @Test
  void threads_are_of_the_test_that_left_them_however_late_a_sample_finds_their_stacks() {
    unmeasured();
    stacks(0, 0, 0, 40);
    threads(10, 10, 20, 30, 30, 30);
    assertThat(new ThreadStacksRetained().examine(facts.build()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.keeps()");
              assertThat(found.bytes()).isEqualTo(40 * MIB);
            });
    assertThat(new ThreadStacksRetained().undecided(facts.build())).isEmpty();
  }

  @Test
  void stacks_without_threads_are_of_nobody() {
    unmeasured();
    stacks(0, 0, 0, 40);
    assertThat(new ThreadStacksRetained().examine(facts.build())).isEmpty();
    threads(10, 10, 20, 17, 30, 17);
    assertThat(new ThreadStacksRetained().examine(facts.build())).isEmpty();
    assertThat(new ThreadStacksRetained().undecided(facts.build())).isEmpty();
    threads(31, 18);
    assertThat(new ThreadStacksRetained().examine(facts.build())).hasSize(1);
  }

  @Test
  void threads_of_a_spring_context_are_not_of_the_test_that_came_first() {
    ATest first =
        ATest.of("r", "starts")
            .left("byte[] held by org.springframework.test.context.cache.DefaultContextCache");
    facts.test(first).span(first, at(10), at(20));
    stacks(0, 0, 0, 40);
    threads(10, 10, 20, 30, 30, 30);
    assertThat(new ThreadStacksRetained().examine(facts.build())).isEmpty();
    assertThat(new ThreadStacksRetained().undecided(facts.build()).get(0))
        .contains("40.0 MiB of thread stacks, and no test explains half of it");
  }

  private void stacks(long... mib) {
    for (int i = 0; i < mib.length; i++) {
      facts.sample(ASample.of("r", at(10L * i)).stacks(mib[i] * MIB));
    }
  }

  private void threads(int... atAndCount) {
    for (int i = 0; i < atAndCount.length; i += 2) {
      facts.threads("r", at(atAndCount[i]), atAndCount[i + 1]);
    }
  }

  @Test
  void files_on_tmpfs_are_of_the_test_whose_process_wrote_them() {
    unmeasured();
    tmpfs(0, 20, 20);
    assertThat(new TmpfsFilesLeft().examine(facts.build()))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.keeps()");
              assertThat(found.clause()).isEqualTo("left 20.0 MiB of files on tmpfs behind");
              assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
            });
  }

  @Test
  void what_other_processes_wrote_to_tmpfs_is_said_and_nobody_is_named() {
    unmeasured();
    facts.tmpfs(KEEPS, at(10), 0, 7 * MIB).tmpfs(KEEPS, at(20), 20 * MIB, 16 * MIB);
    assertThat(new TmpfsFilesLeft().examine(facts.build())).isEmpty();
    assertThat(new TmpfsFilesLeft().undecided(facts.build()))
        .containsExactly(
            "The process grew by 20.0 MiB of files on tmpfs, and no test explains half of it");
  }

  @Test
  void without_a_count_of_what_was_written_nobody_is_named_for_tmpfs() {
    unmeasured();
    facts.tmpfs(KEEPS, at(10), 0, null).tmpfs(KEEPS, at(20), 20 * MIB, null);
    assertThat(new TmpfsFilesLeft().examine(facts.build())).isEmpty();
    assertThat(new TmpfsFilesLeft().undecided(facts.build())).hasSize(1);
  }

  @Test
  void a_test_that_was_not_asked_is_not_named_for_tmpfs() {
    unmeasured();
    facts.tmpfs(READS, at(5), 0, 0L).tmpfs(READS, at(15), 20 * MIB, 20 * MIB);
    assertThat(new TmpfsFilesLeft().examine(facts.build())).isEmpty();
    assertThat(new TmpfsFilesLeft().undecided(facts.build())).hasSize(1);
  }

  @Test
  void files_that_were_removed_again_or_are_few_are_none() {
    unmeasured();
    tmpfs(0, 20, 4);
    assertThat(new TmpfsFilesLeft().examine(facts.build())).isEmpty();
    assertThat(new TmpfsFilesLeft().undecided(facts.build())).isEmpty();
  }

  /** In one test, and in the next; each as much as its process wrote. */
  private void tmpfs(long before, long between, long after) {
    facts.tmpfs(KEEPS, at(10), before * MIB, 0L).tmpfs(KEEPS, at(20), between * MIB, between * MIB);
    facts.tmpfs(READS, at(20), between * MIB, between * MIB);
    facts.tmpfs(READS, at(30), after * MIB, between * MIB);
  }

  @Test
  void what_grew_between_two_samples_with_two_tests_is_of_neither_without_boundaries() {
    ATest waits = ATest.of("r", "waits");
    ATest starts = ATest.of("r", "starts");
    facts.test(waits).test(starts).span(waits, at(1), at(15)).span(starts, at(15), at(30));
    direct(0, 0, 40, 40);
    facts.buffersOfJdk("r", 0);
    assertThat(rule.examine(facts.build())).isEmpty();
    assertThat(rule.undecided(facts.build())).hasSize(1);
  }

  @Test
  void what_sqlite_gave_back_to_malloc_is_no_native_memory_of_the_test() {
    ATest fills = ATest.of("r", "fills").retained(0L).sqlite(90 * MIB, 0);
    facts.test(fills).span(fills, at(10), at(20));
    unowned(0, 0, 100, 100);
    assertThat(new NativeMemoryRetained().examine(facts.build())).isEmpty();
    assertThat(new NativeMemoryRetained().undecided(facts.build())).hasSize(1);
  }

  @Test
  void what_a_test_took_besides_is_its_own() {
    ATest fills = ATest.of("r", "fills").retained(0L).sqlite(90 * MIB, 60 * MIB);
    facts.test(fills).span(fills, at(10), at(20));
    unowned(0, 0, 100, 100);
    assertThat(new NativeMemoryRetained().examine(facts.build()))
        .singleElement()
        .satisfies(found -> assertThat(found.bytes()).isEqualTo(70 * MIB));
  }

  private void unowned(long... mib) {
    for (int i = 0; i < mib.length; i++) {
      facts.sample(ASample.of("r", at(10L * i)).other(mib[i] * MIB));
    }
  }

  private void unmeasured() {
    facts.test(KEEPS).test(READS).span(KEEPS, at(10), at(20)).span(READS, at(20), at(30));
  }

  @Test
  void a_collection_at_the_end_of_the_run_tells_of_native_memory_too() {
    unmeasured();
    for (int i = 0; i < 5; i++) {
      long bytes = i < 2 ? 0 : 64 * MIB;
      facts.sample(ASample.of("r", at(10L * i)).other(bytes));
    }
    facts.buffersOfJdk("r", 0);
    assertThat(named()).containsExactly("OrderTest.keeps() 64");
  }

  @Test
  void what_the_jdk_keeps_for_channels_is_no_native_memory_of_a_test() {
    unmeasured();
    unowned(0, 0, 70, 70);
    facts.lastCollection("r", ALastCollection.at(null).buffersOfJdk(7 * MIB, MIB));
    assertThat(named()).containsExactly("OrderTest.keeps() 64");
    facts.lastCollection("r", ALastCollection.at(null).buffersOfJdk(7 * MIB, 0));
    assertThat(named()).isEmpty();
    facts.buffersOfJdk("r", 7 * MIB);
    assertThat(named()).as("counted as direct buffers").containsExactly("OrderTest.keeps() 70");
  }

  @Test
  void what_others_gave_back_before_a_test_began_was_none_of_its_own() {
    unmeasured();
    ATest writes = ATest.of("r", "writes");
    facts.test(writes).span(writes, at(30), at(40));
    unowned(0, 0, 70, 10, 80);
    facts.buffersOfJdk("r", 0);
    assertThat(named())
        .as("70 of the first, 60 of them given back")
        .containsExactly("OrderTest.writes() 70");
  }

  @Test
  void a_test_took_no_more_than_resident_memory_grew_by_in_its_time() {
    unmeasured();
    unowned(0, 0, 0, 90);
    facts.buffersOfJdk("r", 0);
    assertThat(named()).containsExactly("OrderTest.reads() 90");
    facts.resident(KEEPS, at(10), 0).resident(KEEPS, at(20), 90 * MIB);
    facts.resident(READS, at(20), 90 * MIB).resident(READS, at(30), 90 * MIB);
    assertThat(named()).as("read late").isEmpty();
  }

  @Test
  void shared_memory_that_a_test_mapped_is_its_own_unless_a_file_or_a_segment_is() {
    unmeasured();
    for (int i = 0; i < 4; i++) {
      facts.sample(ASample.of("r", at(10L * i)).shared(i < 2 ? 0L : 16 * MIB));
    }
    assertThat(named(new MappedMemoryLeft())).as("it may be garbage").isEmpty();
    facts.buffersOfJdk("r", 0);
    assertThat(named(new MappedMemoryLeft())).containsExactly("OrderTest.keeps() 16");
    facts.tmpfs(KEEPS, at(10), 0, 0L).tmpfs(KEEPS, at(20), 12 * MIB, 7 * MIB);
    assertThat(named(new MappedMemoryLeft())).containsExactly("OrderTest.keeps() 9");
    facts.tmpfs(KEEPS, at(20), 12 * MIB, 9 * MIB);
    assertThat(named(new MappedMemoryLeft())).as("9 of 16 were written").isEmpty();
  }

  @Test
  void shared_memory_is_of_the_test_that_mapped_it_however_late_a_sample_finds_it() {
    unmeasured();
    for (int i = 0; i < 5; i++) {
      facts.sample(ASample.of("r", at(10L * i)).shared(i < 3 ? 0L : 16 * MIB));
    }
    facts.buffersOfJdk("r", 0);
    assertThat(named(new MappedMemoryLeft())).containsExactly("OrderTest.reads() 16");
    facts.residentShared(KEEPS, at(10), 15 * MIB).residentShared(KEEPS, at(20), 31 * MIB);
    facts.residentShared(READS, at(20), 31 * MIB).residentShared(READS, at(30), 31 * MIB);
    assertThat(named(new MappedMemoryLeft())).isEmpty();
    facts.sample(ASample.of("r", at(50)).shared(31 * MIB));
    assertThat(named(new MappedMemoryLeft())).containsExactly("OrderTest.keeps() 16");
  }

  @Test
  void the_heap_of_zgc_is_no_mapped_memory() {
    unmeasured();
    facts.residentShared(KEEPS, at(10), 16 * MIB).residentShared(KEEPS, at(20), 99 * MIB);
    facts.sample(ASample.of("r", at(5)).shared(0L)).sample(ASample.of("r", at(50)).shared(0L));
    facts.buffersOfJdk("r", 0);
    assertThat(named(new MappedMemoryLeft())).isEmpty();
  }

  private List<String> named() {
    return named(new NativeMemoryRetained());
  }

  private List<String> named(GrowthRule growth) {
    return growth.examine(facts.build()).stream()
        .flatMap(found -> found.culprits().stream())
        .map(culprit -> culprit.name() + " " + culprit.bytes() / MIB)
        .toList();
  }

  private Facts collectedAtEnd() {
    Facts built = facts.build();
    return built.toBuilder()
        .releasedHeap(built.tests().stream().collect(toMap(TestResult::id, test -> 0L)))
        .build();
  }

  @Test
  void growth_between_tests_names_nobody() {
    facts.test(GUILTY).span(GUILTY, at(5), at(8));
    direct(0, 0, 0, 64, 64);
    assertThat(rule.examine(facts.build())).isEmpty();
    assertThat(rule.undecided(facts.build()))
        .containsExactly(
            "The process grew by 64.0 MiB of direct buffers, and no test explains half of it");
  }

  @Test
  void fixtures_own_what_grew_while_no_test_ran() {
    ATest fixtures = ATest.of("r", "all").ofClass();
    facts.test(fixtures).test(GUILTY);
    facts.span(fixtures, at(5), at(40)).span(GUILTY, at(30), at(40));
    direct(0, 0, 64, 64, 64);
    assertThat(rule.examine(facts.build()).get(0).culprits().get(0).id()).isEqualTo("r/all");
  }

  @Test
  void a_run_that_was_killed_is_explained_elsewhere() {
    SomeFacts killed = new SomeFacts().run(ARun.of("r", at(100)));
    killed.test(GUILTY).span(GUILTY, at(10), at(30));
    for (int i = 0; i < 3; i++) {
      killed.sample(ASample.of("r", at(10L * i)).direct(i * 64L * MIB));
    }
    assertSilent(killed.build());
  }

  @Test
  void native_memory_allows_for_the_tables_of_the_collector() {
    one_after_the_other();
    for (int i = 0; i < 4; i++) {
      facts.sample(
          ASample.of("r", at(10L * i)).heap(i < 2 ? 0 : 1000 * MIB).other(i < 2 ? 0 : 120 * MIB));
    }
    assertThat(new NativeMemoryRetained().examine(facts.build())).isEmpty();
    facts.sample(ASample.of("r", at(40)).heap(1000 * MIB).other(124 * MIB));
    assertThat(new NativeMemoryRetained().examine(facts.build())).hasSize(1);
  }

  @Test
  void what_was_there_when_the_test_began_that_was_killed_is_a_leak() {
    Suspicion found = rule.examine(killedAfter(GUILTY, 0, 0, 64, 64, 300).build()).get(0);
    assertThat(found.clause()).isEqualTo("left 64.0 MiB of direct buffers behind");
    assertThat(found.culprits()).extracting(Culprit::id).containsExactly("r/keeps");
    assertThat(found.finding().evidence())
        .contains("64.0 MiB of direct buffers that it still had when OrderTest.reads() began, ");
  }

  @Test
  void of_a_killed_run_what_the_last_test_took_may_be_garbage() {
    assertSilent(killedAfter(GUILTY, 0, 0, 0, 0, 300).build());
    assertSilent(killedAfter(KEEPS, 0, 0, 64, 64, 300).build());
  }

  @Test
  void of_a_killed_run_nothing_is_told_that_a_collection_leaves_to_chance() {
    SomeFacts killed = killedAfter(GUILTY, 0, 0, 0, 0, 0);
    for (int i = 0; i < 5; i++) {
      killed.sample(ASample.of("r", at(10L * i)).metaspace(i < 2 ? 0 : 500 * MIB));
    }
    assertThat(new MetaspaceRetained().examine(killed.build())).isEmpty();
  }

  /** A test keeps what it takes from 10 to 20 seconds; another runs from 30 to the end. */
  private static SomeFacts killedAfter(ATest first, long... megabytes) {
    ATest running = ATest.of("r", "reads").status(TestStatus.RUNNING_AT_END);
    SomeFacts killed = new SomeFacts().run(ARun.of("r", at(100)));
    killed.test(first).test(running).span(first, at(10), at(20)).span(running, at(30), null);
    for (int i = 0; i < megabytes.length; i++) {
      killed.sample(ASample.of("r", at(10L * i)).direct(megabytes[i] * MIB));
    }
    return killed;
  }

  private void assertSilent(Facts built) {
    assertThat(rule.examine(built)).isEmpty();
    assertThat(rule.undecided(built)).isEmpty();
  }

  private void one_after_the_other() {
    facts.test(GUILTY).test(INNOCENT);
    facts.span(GUILTY, at(10), at(20)).span(INNOCENT, at(20), at(40));
  }

  /** One sample each ten seconds, in MiB. */
  private void direct(long... megabytes) {
    for (int i = 0; i < megabytes.length; i++) {
      facts.sample(ASample.of("r", at(10L * i)).direct(megabytes[i] * MIB));
    }
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }
}
