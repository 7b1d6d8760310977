// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.death.Death;
import io.memreport.diagnosis.death.Deaths;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.AnEvent;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.TestStatus;
import io.memreport.model.log.EventKind;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an ending is taken for, at each threshold. */
class InferredDeathsTest {
  private static final Instant END = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void a_cgroup_is_full_from_nine_tenths_on() {
    assertThat(killedAt(900, 900)).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(killedAt(899, 899)).isEqualTo(VerdictKind.KILLED);
  }

  @Test
  void a_jvm_that_may_end_itself_is_said_to() {
    String may =
        "By -XX:+ExitOnOutOfMemoryError it may have ended itself: then whoever started it saw status 3";
    assertThat(reasons(ARun.of("run", END).heap(1000, true))).containsExactly(may);
    assertThat(reasons(ARun.of("run", END).heap(1000, false))).isEmpty();
    SomeFacts sampled =
        new SomeFacts()
            .run(ARun.of("run", END).heap(1000, true))
            .sample(ASample.of("run", END).cgroup(100L, 1000L));
    assertThat(only(sampled).reasons()).hasSize(2).last().isEqualTo(may);
  }

  private static List<String> reasons(ARun run) {
    return only(new SomeFacts().run(run)).reasons();
  }

  @Test
  void a_log_of_the_kernels_that_shows_no_kill_speaks_against_one() {
    assertThat(fullWithLog(-60, 60)).isEqualTo(VerdictKind.KILLED);
    assertThat(fullWithLog(-60, 0)).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(fullWithLog(0, 60)).isEqualTo(VerdictKind.OOM_KILL);
  }

  private static VerdictKind fullWithLog(int from, int to) {
    return only(full().kernelLog(END.plusSeconds(from), END.plusSeconds(to))).kind();
  }

  private static SomeFacts full() {
    return new SomeFacts()
        .run(ARun.of("run", END))
        .sample(ASample.of("run", END).cgroup(990L, 1000L));
  }

  @Test
  void a_log_that_shows_a_kill_then_is_not_silent() {
    SomeFacts facts = full().kernelLog(END.minusSeconds(60), END.plusSeconds(60));
    AnEvent other = AnEvent.kill().victim(99L, "postgres", null);
    assertThat(only(facts.event(other.at(END.plusSeconds(9)))).kind())
        .isEqualTo(VerdictKind.OOM_KILL);
    assertThat(
            only(full()
                    .kernelLog(END.minusSeconds(60), END.plusSeconds(60))
                    .event(AnEvent.kill().victim(99L, "postgres", null).at(END.plusSeconds(11))))
                .kind())
        .isEqualTo(VerdictKind.KILLED);
  }

  @Test
  void who_is_slowed_down_below_the_limit_is_not_killed_for_it() {
    assertThat(slowed(5, 0)).isEqualTo(VerdictKind.KILLED);
    assertThat(slowed(5, 1)).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(slowed(0, 0)).isEqualTo(VerdictKind.OOM_KILL);
  }

  private static VerdictKind slowed(long throttled, long reached) {
    return only(full()
            .counters("run", END.minusSeconds(5), 1, 1)
            .counters("run", END, 1 + throttled, 1 + reached))
        .kind();
  }

  @Test
  void growth_of_the_last_fifth_of_a_second_goes_on() {
    assertThat(killedAt(800, 850)).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(killedAt(801, 850)).isEqualTo(VerdictKind.KILLED);
  }

  @Test
  void a_cgroup_that_shrank_is_no_fuller() {
    assertThat(killedAt(999, 899)).isEqualTo(VerdictKind.KILLED);
    assertThat(killedAt(999, 900)).isEqualTo(VerdictKind.OOM_KILL);
  }

  private static VerdictKind killedAt(long before, long last) {
    return only(new SomeFacts()
            .run(ARun.of("run", END))
            .sample(ASample.of("run", END.minusMillis(200)).cgroup(before, 1000L))
            .sample(ASample.of("run", END).cgroup(last, 1000L)))
        .kind();
  }

  @Test
  void a_heap_is_full_from_eight_tenths_on_if_the_jvm_ends_itself_at_that() {
    assertThat(killedWithHeap(800, true)).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(killedWithHeap(799, true)).isEqualTo(VerdictKind.KILLED);
    assertThat(killedWithHeap(1000, false)).isEqualTo(VerdictKind.KILLED);
  }

  private static VerdictKind killedWithHeap(long used, boolean exits) {
    return only(new SomeFacts()
            .run(ARun.of("run", END).heap(1000, exits))
            .sample(ASample.of("run", END).heapUsed(used)))
        .kind();
  }

  @Test
  void growth_of_a_heap_in_its_last_fifth_of_a_second_goes_on() {
    assertThat(killedWithGrowth(600, 700)).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(killedWithGrowth(601, 700)).isEqualTo(VerdictKind.KILLED);
    assertThat(killedWithGrowth(900, 799)).isEqualTo(VerdictKind.KILLED);
  }

  private static VerdictKind killedWithGrowth(long before, long used) {
    return only(new SomeFacts()
            .run(ARun.of("run", END).heap(1000, true))
            .sample(ASample.of("run", END.minusMillis(200)).heapUsed(before))
            .sample(ASample.of("run", END).heapUsed(used)))
        .kind();
  }

  @Test
  void an_error_that_the_jvm_threw_is_certain_whoever_caught_it() {
    Death death =
        only(
            new SomeFacts()
                .run(ARun.of("run", END).ending(Ending.CLEAN))
                .thrown("run", END.minusSeconds(500), "Metaspace")
                .thrown("run", END.minusSeconds(400), "Java heap space"));
    assertThat(death.kind()).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(death.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(death.reasons())
        .containsExactly("An OutOfMemoryError was thrown: Metaspace (the first of several)");
    assertThat(
            of(
                new SomeFacts()
                    .run(ARun.of("run", END).ending(Ending.CLEAN))
                    .thrown("another", END, "Metaspace")))
        .isEmpty();
  }

  @Test
  void a_run_that_broke_off_long_after_its_last_error_lived_with_it() {
    assertThat(brokenOffAfter(10_000)).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(brokenOffAfter(10_001)).isEqualTo(VerdictKind.KILLED);
  }

  private static VerdictKind brokenOffAfter(long millis) {
    return only(new SomeFacts()
            .run(ARun.of("run", END))
            .thrown("run", END.minusMillis(millis), "Java heap space"))
        .kind();
  }

  @Test
  void status_3_is_an_exhausted_jvms_that_ends_itself() {
    assertThat(exited(3, true).kind()).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(exited(3, true).confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(exited(7, true).kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(exited(3, false).kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(exited(3, false).reasons())
        .containsExactly(
            "It exited with status 3 without shutting down, as Runtime.halt does: nobody killed it");
  }

  private static Death exited(int status, boolean exits) {
    return only(new SomeFacts().run(ARun.of("run", END).heap(1000, exits)).exited("run", status));
  }

  @Test
  void without_samples_nothing_is_more_than_possible() {
    Death death = only(new SomeFacts().run(ARun.of("run", END)));
    assertThat(death.kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(death.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(death.reasons()).isEmpty();
  }

  @Test
  void an_orderly_end_is_no_death() {
    assertThat(of(new SomeFacts().run(ARun.of("run", END).ending(Ending.CLEAN)))).isEmpty();
  }

  @Test
  void a_signal_is_one_only_while_a_test_ran() {
    ARun run = ARun.of("run", END).ending(Ending.CLEAN).signal("SIGTERM");
    assertThat(of(new SomeFacts().run(run).test(ATest.of("run", "a")))).isEmpty();
    ATest running = ATest.of("run", "b").status(TestStatus.RUNNING_AT_END);
    assertThat(of(new SomeFacts().run(run).test(running.ofClass()))).isEmpty();
    Death death =
        only(new SomeFacts().run(run).test(ATest.of("run", "b").status(TestStatus.RUNNING_AT_END)));
    assertThat(death.kind()).isEqualTo(VerdictKind.KILLED);
    assertThat(death.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(
            of(
                new SomeFacts()
                    .run(run)
                    .test(ATest.of("another", "b").status(TestStatus.RUNNING_AT_END))))
        .isEmpty();
  }

  @Test
  void an_exhausted_heap_is_certain() {
    Death death =
        only(
            new SomeFacts()
                .run(ARun.of("run", END).ending(Ending.CLEAN))
                .test(ATest.of("run", "a").failure("java.lang.OutOfMemoryError: Java heap space")));
    assertThat(death.kind()).isEqualTo(VerdictKind.JAVA_OOM);
    assertThat(death.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(
            of(
                new SomeFacts()
                    .run(ARun.of("run", END).ending(Ending.CLEAN))
                    .test(ATest.of("run", "a").failure("java.lang.IllegalStateException"))))
        .isEmpty();
  }

  @Test
  void two_strong_signs_make_a_log_certain() {
    AnEvent event = AnEvent.kill().victim(1L, "java", null).at(END);
    assertThat(only(new SomeFacts().run(ARun.of("run", END)).event(event)).confidence())
        .isEqualTo(Confidence.CERTAIN);
    event.at(END.plusSeconds(10)).victim(1L, "java", 100L);
    SomeFacts facts =
        new SomeFacts()
            .run(ARun.of("run", END))
            .sample(ASample.of("run", END).rss(100L))
            .event(event);
    assertThat(only(facts).confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void what_is_no_kill_explains_none() {
    AnEvent event = AnEvent.kill().victim(1L, "java", null).at(END).kind(EventKind.NO_KILL);
    assertThat(only(new SomeFacts().run(ARun.of("run", END)).event(event)).match()).isNull();
  }

  @Test
  void a_kill_explains_no_orderly_end() {
    AnEvent event = AnEvent.kill().victim(1L, "java", null).at(END);
    assertThat(of(new SomeFacts().run(ARun.of("run", END).ending(Ending.CLEAN)).event(event)))
        .isEmpty();
  }

  @Test
  void words_of_a_jvm_without_a_number_fit_a_single_run_only() {
    AnEvent event = AnEvent.kill().kind(EventKind.JVM_ABORT);
    SomeFacts facts = new SomeFacts().run(ARun.of("a", END)).event(event);
    assertThat(only(facts).kind()).isEqualTo(VerdictKind.JVM_ABORT);
    assertThat(of(facts.run(ARun.of("b", END).pid(2L))))
        .extracting(Death::kind)
        .containsOnly(VerdictKind.KILLED);
  }

  @Test
  void words_of_a_jvm_with_a_number_fit_that_one() {
    AnEvent event = AnEvent.kill().kind(EventKind.JVM_ABORT).victim(2L, "java", null);
    List<Death> deaths =
        of(
            new SomeFacts()
                .run(ARun.of("a", END).pid(1L))
                .run(ARun.of("b", END).pid(2L))
                .event(event));
    assertThat(deaths)
        .extracting(death -> death.run().id() + " " + death.kind())
        .containsExactly("b JVM_ABORT", "a KILLED");
  }

  @Test
  void an_abort_that_an_exhausted_heap_asked_for_is_one_of_the_heap() {
    AnEvent event = AnEvent.kill().kind(EventKind.JVM_ABORT).detail("OutOfMemory encountered");
    assertThat(only(new SomeFacts().run(ARun.of("a", END)).event(event)).kind())
        .isEqualTo(VerdictKind.JAVA_OOM);
    event.detail().constraint("java.lang.OutOfMemoryError: Metaspace");
    assertThat(only(new SomeFacts().run(ARun.of("a", END)).event(event)).kind())
        .isEqualTo(VerdictKind.JAVA_OOM);
  }

  @Test
  void kills_for_memory_come_first_then_the_sure_then_the_early() {
    List<Death> deaths =
        of(
            new SomeFacts()
                .run(ARun.of("late", END.plusSeconds(1)))
                .run(ARun.of("early", END))
                .run(ARun.of("unknown", null))
                .run(ARun.of("full", END.plusSeconds(9)))
                .sample(ASample.of("full", END.plusSeconds(9)).cgroup(1000L, 1000L)));
    assertThat(deaths)
        .extracting(death -> death.run().id())
        .containsExactly("full", "early", "late", "unknown");
  }

  private static Death only(SomeFacts facts) {
    List<Death> deaths = of(facts);
    assertThat(deaths).hasSize(1);
    return deaths.get(0);
  }

  private static List<Death> of(SomeFacts facts) {
    return Deaths.of(facts.build());
  }
}
