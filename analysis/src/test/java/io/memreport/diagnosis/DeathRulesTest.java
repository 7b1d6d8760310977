// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.death.CauseOfDeath;
import io.memreport.diagnosis.death.Death;
import io.memreport.diagnosis.death.DeathCase;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Ending;
import io.memreport.model.Exhaustions;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeathRulesTest {
  private static final long MIB = 1 << 20;
  private static final String LINE = "shop.Cache.put(Cache.java:42)";
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** Of a limit of 256 MiB a tenth stays free, and 100 of 250 MiB are of the kind that is asked. */
  @ParameterizedTest
  @CsvSource({
    "JAVA_HEAP, oom.java-heap, Set -Xmx80m",
    "DIRECT_BUFFERS, oom.direct-buffers, Set -XX:MaxDirectMemorySize=80m",
    "METASPACE, oom.metaspace, -XX:MaxMetaspaceSize=80m",
    "THREADS, oom.threads, -Xss",
    "NATIVE_OTHER, oom.native-other, native=all",
    "SHARED_MEMORY, oom.shared-memory, ipcrm -m",
    "OTHER_PROCESS, oom.other-process, systemd-run",
    "CHILD_PROCESSES, oom.other-process, systemd-run",
    "SQLITE_PAGE_CACHE, oom.sqlite-page-cache, cache_size=-16000",
    "SQLITE_SORT, oom.sqlite-sort, temp_store=FILE",
    "SQLITE_MEMORY_DB, oom.sqlite-memory-db, VACUUM",
    "SQLITE_STATEMENTS, oom.sqlite-statements, try-with-resources"
  })
  void each_cause_of_a_kill_has_one_finding_with_the_option_that_bounds_it(
      Cause cause, String id, String option) {
    assertThat(examine(VerdictKind.OOM_KILL, cause))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo(id);
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(finding.advice()).contains(option);
              assertThat(finding.title())
                  .contains("when the JVM was killed at its limit of 256 MiB");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_HEAP, Java heap, leaks=gc",
    "DIRECT_BUFFERS, direct buffers, -XX:MaxDirectMemorySize",
    "METASPACE, metaspace, -XX:MaxMetaspaceSize",
    "THREADS, threads, pids.max"
  })
  void a_jvm_that_ran_into_its_own_limit_is_told_which(Cause cause, String what, String option) {
    assertThat(examine(VerdictKind.JAVA_OOM, cause))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("java.out-of-memory");
              assertThat(finding.title()).contains(what);
              assertThat(finding.advice()).contains(option);
            });
  }

  /** A line is told from a tenth of the heap on, and named in the advice from half of it on. */
  @ParameterizedTest
  @CsvSource({
    "JAVA_OOM, 19, 0, false, false",
    "JAVA_OOM, 20, 0, true, false",
    "JAVA_OOM, 25, 6, false, false",
    "JAVA_OOM, 99, 0, true, false",
    "JAVA_OOM, 100, 0, true, true",
    "JAVA_OOM, 110, 11, true, false",
    "OOM_KILL, 9, 0, false, false",
    "OOM_KILL, 10, 0, true, false",
    "OOM_KILL, 49, 0, true, false",
    "OOM_KILL, 50, 0, true, true"
  })
  void a_line_is_told_only_if_it_explains_the_heap(
      VerdictKind kind, long mib, long error, boolean told, boolean advised) {
    Finding finding =
        examine(kind, Cause.JAVA_HEAP, List.of(AHeapSite.of("run", mib).at(LINE).error(error)))
            .get(0);
    assertThat(finding.evidence().contains(LINE)).isEqualTo(told);
    assertThat(finding.advice().contains(LINE)).isEqualTo(advised);
  }

  /**
   * G1 may give large objects twice as much of the heap as they have: a quarter of it is enough.
   */
  @ParameterizedTest
  @CsvSource({"50, 0, true", "49, 0, false", "50, 51, false"})
  void what_lived_right_after_the_error_is_told_rather_than_what_was_left(
      long mib, long other, boolean advised) {
    List<HeapSite> then =
        List.of(
            AHeapSite.of("run", mib).at(LINE).build(), AHeapSite.of("run", other).at("x").build());
    Finding finding =
        examine(VerdictKind.JAVA_OOM, Cause.JAVA_HEAP, List.of(), ATest.of("run", "t"), then)
            .get(0);
    assertThat(finding.evidence()).contains(LINE);
    assertThat(finding.advice().contains(LINE)).isEqualTo(advised);
  }

  /** Not of what objects explain of it: else whatever happens to live would be told. */
  @ParameterizedTest
  @CsvSource({"19, false", "20, true"})
  void of_what_lived_then_too_a_line_is_told_from_a_tenth_of_the_heap_on(long mib, boolean told) {
    String other = "shop.Small.add(Small.java:7)";
    List<HeapSite> then =
        List.of(
            AHeapSite.of("run", 50).at(LINE).build(), AHeapSite.of("run", mib).at(other).build());
    Finding finding =
        examine(VerdictKind.JAVA_OOM, Cause.JAVA_HEAP, List.of(), ATest.of("run", "t"), then)
            .get(0);
    assertThat(finding.evidence().contains(other)).isEqualTo(told);
  }

  @Test
  void the_field_that_holds_what_filled_the_heap_is_what_to_clear() {
    ATest test =
        ATest.of("run", "fills").left("byte[] held by static shop.Cache.ALL → java.util.HashMap");
    List<AHeapSite> line = List.of(AHeapSite.of("run", 100).at(LINE));
    assertThat(examine(VerdictKind.JAVA_OOM, Cause.JAVA_HEAP, line, test).get(0).advice())
        .isEqualTo(
            "Bound or clear shop.Cache.ALL, which "
                + LINE
                + " fills; raise -Xmx only if all of it is needed.");
    assertThat(examine(VerdictKind.JAVA_OOM, Cause.JAVA_HEAP, List.of(), test).get(0).advice())
        .isEqualTo("Bound or clear shop.Cache.ALL; raise -Xmx only if all of it is needed.");
    assertThat(examine(VerdictKind.JAVA_OOM, Cause.METASPACE, List.of(), test).get(0).advice())
        .doesNotContain("shop.Cache");
  }

  @Test
  void who_was_killed_for_an_unknown_reason_gets_no_advice_about_memory() {
    assertThat(examine(VerdictKind.KILLED, Cause.NONE)).isEmpty();
    assertThat(examine(VerdictKind.OOM_KILL, Cause.UNKNOWN)).isEmpty();
  }

  private static List<Finding> examine(VerdictKind kind, Cause cause) {
    return examine(kind, cause, List.of());
  }

  private static List<Finding> examine(VerdictKind kind, Cause cause, List<AHeapSite> sites) {
    return examine(kind, cause, sites, ATest.of("run", "t"));
  }

  private static List<Finding> examine(
      VerdictKind kind, Cause cause, List<AHeapSite> sites, ATest test) {
    return examine(kind, cause, sites, test, List.of());
  }

  private static List<Finding> examine(
      VerdictKind kind,
      Cause cause,
      List<AHeapSite> sites,
      ATest test,
      List<HeapSite> whenExhausted) {
    Long held = 100 * MIB;
    MemoryAtEnd memory =
        new MemoryAtEnd(
            250 * MIB, held, held, null, held, null, held, held, null, null, held, null, null,
            null);
    JvmLimits limits = new JvmLimits(200 * MIB, 0L, MIB, false, false, null, null);
    RunContext context =
        new RunContext(null, null, "/ci", "v2", null, null, null, null, limits, null);
    Run run =
        new Run("run", 1L, NOON, NOON, Role.TEST_FORK, Ending.KILLED, 256 * MIB, memory, context);
    Facts facts =
        Facts.builder()
            .runs(List.of(run))
            .tests(List.of(test.build()))
            .timeline(new Timeline(List.of(), List.of()))
            .heapSites(sites.stream().map(AHeapSite::build).toList())
            .exhaustions(new Exhaustions(List.of(), Map.of(), Set.of(), whenExhausted))
            .build();
    DeathCase death =
        new DeathCase(
            facts,
            new Death(run, kind, Confidence.CERTAIN, null, List.of("it said so")),
            new CauseOfDeath(
                cause,
                "it held most",
                "it",
                "held most",
                List.of(new Culprit("test", test.build().id(), "T.t()", held)),
                List.of()),
            null);
    return Rules.OF_DEATHS.stream().map(rule -> rule.of(death)).filter(Objects::nonNull).toList();
  }
}
