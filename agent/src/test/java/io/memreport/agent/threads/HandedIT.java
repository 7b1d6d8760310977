// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that a test hands to pools, timers and threads is that test's, wherever it runs. */
class HandedIT {
  private static final Pattern WAY = Pattern.compile(" as (\\w+)");

  /** What {@code zeroblob} and {@code hex} take for a query. */
  private static final long BYTES = 12_000_000;

  private static final List<String> SUBMITTED =
      List.of(
          "executed",
          "submitted",
          "invoked",
          "handed_on",
          "scheduled",
          "periodic",
          "timed",
          "timed_again",
          "of_a_pool",
          "forked",
          "of_the_common_pool",
          "run_by_pool",
          "applied",
          "applied_by_pool",
          "combined",
          "handled",
          "then_run",
          "delayed");

  /** By the way that the JDK takes on this machine: by a pool, or by a thread of their own. */
  private static final List<String> EITHER = List.of("supplied", "completed_async", "streamed");

  private static final List<String> INHERITED = List.of("started", "started_by_pool");

  private static final List<String> VIRTUAL = List.of("virtual", "virtual_of_pool");

  @TempDir private Path out;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void what_a_test_hands_over_is_its_own(Path javaHome) throws Exception {
    String executor = javaHome.toString().contains("25") ? "worker_thread_pool" : "fork_join_pool";
    WatchedJvm jvm =
        WatchedJvm.run(
                javaHome,
                out,
                List.of(
                    WatchedJvm.BOTH_COMPILERS,
                    "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out,
                    "-Dexecutor=" + executor),
                HandedProgram.class)
            .succeeded();
    RunEvents events = new RunEvents(jvm.events());
    Map<String, Long> tests = new HashMap<>();
    for (RecordedEvent start : events.named("memreport.TestStart")) {
      tests.put(start.getString("displayName"), start.getLong("testId"));
    }
    Map<String, List<RecordedEvent>> ways = ways(events);
    long guilty = tests.get("guilty()");
    List<String> checked = new ArrayList<>();
    check(ways, guilty, SUBMITTED, List.of("submitted"), checked);
    check(ways, guilty, EITHER, List.of("submitted", "inherited", "thread"), checked);
    check(ways, guilty, INHERITED, List.of("inherited"), checked);
    if (ways.containsKey("virtual")) {
      check(ways, guilty, VIRTUAL, List.of("inherited"), checked);
      check(ways, guilty, List.of("pool_of_virtual"), List.of("submitted"), checked);
    }
    check(ways, tests.get("hands_over()"), List.of("late"), List.of("submitted"), checked);
    check(
        ways,
        tests.get("works_for_itself()"),
        List.of("of_its_own"),
        List.of("submitted"),
        checked);
    assertThat(checked).containsExactlyInAnyOrderElementsOf(ways.keySet());
    assertThat(allocated(events, tests.get("innocent()"))).isZero();
    assertThat(allocated(events, tests.get("comes_later()"))).isZero();
    assertThat(allocated(events, guilty)).isGreaterThan(SUBMITTED.size() * BYTES);
    assertThat(jvm.stdout()).contains("queued true, removed true, collected true, own true");
    assertThat(jvm.stderr()).doesNotContain("memreport: ");
    assertThat(events.named("memreport.Note")).noneMatch(HandedIT::isOfWeaving);
  }

  private static boolean isOfWeaving(RecordedEvent note) {
    return note.getString("text").contains("failed");
  }

  private static void check(
      Map<String, List<RecordedEvent>> ways,
      long test,
      List<String> names,
      List<String> rules,
      List<String> checked) {
    for (String name : names) {
      assertThat(ways.get(name)).as(name).isNotNull().allMatch(e -> e.getLong("testId") == test);
      assertThat(ways.get(name)).as(name).allMatch(e -> rules.contains(e.getString("attribution")));
      checked.add(name);
    }
  }

  private static Map<String, List<RecordedEvent>> ways(RunEvents events) {
    Map<Long, String> byText = new HashMap<>();
    for (RecordedEvent text : events.named("memreport.SqlText")) {
      Matcher way = WAY.matcher(text.getString("text"));
      if (way.find()) {
        byText.put(text.getLong("sqlId"), way.group(1));
      }
    }
    Map<String, List<RecordedEvent>> ways = new HashMap<>();
    for (RecordedEvent total : events.named("memreport.QueryTotal")) {
      String way = byText.get(total.getLong("sqlId"));
      if (way != null) {
        ways.computeIfAbsent(way, none -> new ArrayList<>()).add(total);
      }
    }
    return ways;
  }

  private static long allocated(RunEvents events, long test) {
    return events.where("memreport.Test", event -> event.getLong("testId") == test).stream()
        .mapToLong(event -> event.getLong("nativeAllocated"))
        .sum();
  }
}
