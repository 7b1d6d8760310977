// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a thread leaves when it ends, and what is counted after the application ran out of stack or
 * heap. {@code -Dmemreport.soak=1000000} starts that many virtual threads of ten queries each, and
 * keeps four connections busy for ten minutes; without it, seconds of the same.
 */
class ThreadsIT {
  private static final int PLATFORM = 2_000;
  private static final int VIRTUAL = 8_000;
  private static final int FEW = 5_000;
  private static final long MOST_GROWTH = 2 << 20;

  @TempDir Path folder;

  /** In one JVM each, as it takes seconds to start and to read. */
  @Test
  void threads_that_end_a_stack_that_overflows_and_a_full_heap_cost_no_query() throws Exception {
    WatchedJvm jvm =
        run(ownHome(), "48m", "platform:" + PLATFORM, "overflow:15", "full-heap:3").succeeded();
    RunEvents events = new RunEvents(jvm.events());
    leavesNothing(jvm, events, PLATFORM);
    isHealed(jvm, events);
    goesOn(jvm, events);
  }

  @Test
  void virtual_threads_that_end_cost_no_query() throws Exception {
    WatchedJvm jvm =
        run(virtualHome(), "48m", "virtual:" + VIRTUAL + ":1", "overflow:15").succeeded();
    RunEvents events = new RunEvents(jvm.events());
    leavesNothing(jvm, events, VIRTUAL);
    isHealed(jvm, events);
  }

  private static void leavesNothing(WatchedJvm jvm, RunEvents events, int threads) {
    assertThat(growth(jvm)).isLessThan(MOST_GROWTH);
    assertThat(events.query("select a from t").sum("executions")).isEqualTo(threads);
  }

  /** After stacks have overflowed in the middle of our hooks. */
  private static void isHealed(WatchedJvm jvm, RunEvents events) {
    assertThat(jvm.stdout()).contains("overflows ").doesNotContain("overflows 0");
    assertThat(events.query("select a as after_overflow from t").sum("executions")).isEqualTo(1000);
    assertThat(jvm.stderr()).doesNotContain("memreport: ");
  }

  /** Samples and totals are written after the heap was full. */
  private static void goesOn(WatchedJvm jvm, RunEvents events) {
    assertThat(jvm.stdout()).contains("errors ").doesNotContain("errors 0");
    Instant end =
        Instant.ofEpochMilli(Long.parseLong(jvm.stdout().replaceAll("(?s).*now (\\d+).*", "$1")));
    assertThat(
            events.where(
                "memreport.MemorySample", event -> isIn(event, end.minusMillis(1500), end)))
        .hasSizeGreaterThan(5);
    RunEvents.Query later = events.query("select a as after_full_heap from t");
    assertThat(later.sum("executions")).isEqualTo(1000);
    // By the thread for it, and not only when the recording ended.
    assertThat(later.totals()).anyMatch(event -> isIn(event, Instant.MIN, end));
  }

  @Test
  void soak() throws Exception {
    int threads = Integer.getInteger("memreport.soak", FEW);
    WatchedJvm virtual = run(virtualHome(), "256m", "virtual:" + threads + ":10").succeeded();
    System.out.println(virtual.stdout());
    assertThat(growth(virtual)).isLessThan(MOST_GROWTH);
    assertThat(new RunEvents(virtual.events()).query("select a from t").sum("executions"))
        .isEqualTo(10L * threads);
    WatchedJvm busy = run(ownHome(), "256m", "busy:" + threads / 1667).succeeded();
    System.out.println(busy.stdout());
    assertThat(growth(busy)).isLessThan(MOST_GROWTH);
  }

  private WatchedJvm run(Path home, String heap, String... work)
      throws IOException, InterruptedException {
    Path out = folder.resolve(work[0].replace(':', '-'));
    return WatchedJvm.run(
        home,
        out,
        List.of(
            WatchedJvm.BOTH_COMPILERS,
            "-Xmx" + heap,
            "-Didle=" + (soaks() ? 20 : 0),
            "-Dsteps=" + (soaks() ? 10 : 2),
            "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out),
        ThreadsProgram.class,
        work);
  }

  private static boolean soaks() {
    return Integer.getInteger("memreport.soak") != null;
  }

  private static Path ownHome() {
    return Path.of(System.getProperty("java.home"));
  }

  private static Path virtualHome() throws IOException {
    Path home = WatchedJvm.javaHomes().reduce((first, last) -> last).orElseThrow();
    assumeTrue(home.toString().contains("25"), "no JDK with virtual threads");
    return home;
  }

  /** Live heap at the end less that after the first part, in bytes. */
  private static long growth(WatchedJvm jvm) {
    List<Long> live =
        jvm.stdout()
            .lines()
            .filter(line -> line.startsWith("live "))
            .map(line -> Long.valueOf(line.split(" ")[1]))
            .toList();
    assertThat(live).hasSizeGreaterThan(1);
    return live.get(live.size() - 1) - live.get(0);
  }

  private static boolean isIn(RecordedEvent event, Instant from, Instant to) {
    return event.getStartTime().isAfter(from) && event.getStartTime().isBefore(to);
  }
}
