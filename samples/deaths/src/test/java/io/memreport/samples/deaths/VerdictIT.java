// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the post-mortem of each death must say: with the kernel's log, and without any. */
@Execution(ExecutionMode.CONCURRENT)
class VerdictIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SQLITE_PAGE_CACHE | sqlite-page-cache | PageCacheTest.imports_a_year_of_orders.*
          SQLITE_SORT       | sqlite-sort       | SortTest.ranks_all_sales.*
          SQLITE_MEMORY_DB  | sqlite-memory-db  | MemoryDatabaseTest.loads_every_picture.*
          DIRECT_BUFFERS    | direct-buffers    | DirectBuffersTest.receives_uploads.*
          METASPACE         | metaspace         | MetaspaceTest.traces_the_queries_of_every_tenant.*
          OTHER_PROCESS     | other-process     | tail.*
          SHARED_MEMORY     | shared-memory     | SharedMemoryTest.shares_frames_with_a_viewer.*
          PARALLEL_FORKS    | parallel-forks    | ForkTest.holds_its_part.*
          """)
  void the_kernels_log_makes_it_certain(Death death, String cause, String culprit)
      throws Exception {
    DeadRun run = DeadRun.of(death);
    JsonNode verdict = PostMortem.of(run, run.kernelLog()).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("oom-kill");
    assertThat(verdict.get("killer").asText()).isEqualTo("kernel-memcg");
    assertThat(verdict.get("confidence").asText()).isEqualTo("certain");
    assertThat(verdict.get("cause").asText()).isEqualTo(cause);
    assertThat(verdict.at("/culprits/0/name").asText()).matches(culprit);
  }

  /**
   * What other processes and files held can't be known without a log, so any cause may be missing.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SQLITE_PAGE_CACHE | sqlite-page-cache | PageCacheTest.imports_a_year_of_orders.*
          SQLITE_SORT       | sqlite-sort       | SortTest.ranks_all_sales.*
          SQLITE_MEMORY_DB  | sqlite-memory-db  | MemoryDatabaseTest.loads_every_picture.*
          DIRECT_BUFFERS    | direct-buffers    | DirectBuffersTest.receives_uploads.*
          METASPACE         | metaspace         | MetaspaceTest.traces_the_queries_of_every_tenant.*
          """)
  void without_a_log_it_is_likely(Death death, String cause, String culprit) throws Exception {
    JsonNode verdict = PostMortem.of(DeadRun.of(death)).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("oom-kill");
    assertThat(verdict.get("confidence").asText()).isIn("likely", "possible");
    assertThat(verdict.get("cause").asText()).isEqualTo(cause);
    assertThat(verdict.at("/culprits/0/name").asText()).matches(culprit);
    assertThat(verdict.get("missing").toString()).contains("journalctl -k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEAP_OVER_LIMIT | java-heap | GarbageTest.renders_invoices.*
          HEAP_LEAK       | java-heap | HeapLeakTest.remembers_every_customer.*
          THREADS         | threads   | ThreadsTest.works_on_every_order_at_once.*
          """)
  void memory_that_only_the_kernel_counts(Death death, String cause, String culprit)
      throws Exception {
    the_kernels_log_makes_it_certain(death, cause, culprit);
    without_a_log_it_is_likely(death, cause, culprit);
  }

  /** Whoever held the memory without being the victim is hard to see from inside a victim. */
  @ParameterizedTest
  @CsvSource({
    "OTHER_PROCESS, other-process",
    "SHARED_MEMORY, shared-memory",
    "PARALLEL_FORKS, parallel-forks",
  })
  void without_a_log_no_innocent_jvm_is_blamed(Death death, String cause) throws Exception {
    JsonNode verdict = PostMortem.of(DeadRun.of(death)).get("verdict");
    assertThat(verdict.get("kind").asText()).isIn("oom-kill", "killed");
    assertThat(verdict.get("confidence").asText()).isIn("likely", "possible");
    assertThat(verdict.get("cause").asText()).isIn(cause, "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "KILLED_BY_HAND, killed, none",
    "TIMED_OUT, killed, none",
    "CRASHED, jvm-abort, none",
    "OUT_OF_HEAP, java-oom, java-heap",
    "EXIT_ON_OUT_OF_HEAP, java-oom, java-heap",
    "CRASH_ON_OUT_OF_HEAP, java-oom, java-heap",
  })
  void other_endings_are_told_by_what_the_jvm_said(Death death, String kind, String cause)
      throws Exception {
    DeadRun run = DeadRun.of(death);
    JsonNode verdict = PostMortem.of(run, run.kernelLog(), run.console()).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo(kind);
    assertThat(verdict.get("killer").isNull()).isTrue();
    assertThat(verdict.get("cause").asText()).isIn(cause, "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "KILLED_BY_HAND",
    "TIMED_OUT",
    "TERMINATED",
    "CRASHED",
    "OUT_OF_HEAP",
    "EXIT_ON_OUT_OF_HEAP",
    "CRASH_ON_OUT_OF_HEAP",
    "EXITED",
  })
  void no_other_ending_is_called_a_kill_for_memory(Death death) throws Exception {
    DeadRun run = DeadRun.of(death);
    for (JsonNode report : List.of(PostMortem.of(run), PostMortem.of(run, run.kernelLog()))) {
      assertThat(report.at("/verdict/kind").asText()).isNotIn("oom-kill", "leak");
      assertThat(report.at("/verdict/killer").isNull()).isTrue();
    }
  }

  /** By the kernel's counter alone, or by its log; a process that its test ends is none of it. */
  @Test
  void a_child_that_the_kernel_kills_is_named_with_its_test() throws Exception {
    DeadRun run = DeadRun.of(Death.CHILD_KILLED);
    assertThat(run.exitCodes()).containsExactly(0);
    for (JsonNode report : List.of(PostMortem.of(run), PostMortem.of(run, run.kernelLog()))) {
      JsonNode verdict = report.get("verdict");
      assertThat(verdict.get("kind").asText()).isEqualTo("oom-kill");
      assertThat(verdict.get("cause").asText()).isEqualTo("child-processes");
      assertThat(verdict.at("/culprits/0/name").asText()).startsWith("tail (");
      assertThat(verdict.at("/culprits/1/name").asText()).isEqualTo("ChildTest.renders_a_film()");
      assertThat(verdict.get("culprits").toString()).doesNotContain("sleep");
      assertThat(report.get("findings").toString()).contains("process.oom-killed");
    }
  }

  /** Java code makes that error: neither the test, the console nor the JVM tells of it. */
  @Test
  void direct_buffers_that_a_pool_was_refused_are_known() throws Exception {
    DeadRun run = DeadRun.of(Death.OUT_OF_DIRECT_BUFFERS);
    assertThat(run.exitCodes()).containsExactly(0);
    JsonNode verdict = PostMortem.of(run).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("java-oom");
    assertThat(verdict.get("cause").asText()).isEqualTo("direct-buffers");
    assertThat(verdict.at("/culprits/0/name").asText())
        .isEqualTo("EndingTest.runs_out_of_direct_buffers_in_a_pool()");
    assertThat(verdict.get("evidence").toString()).contains("of direct buffer memory");
  }

  @Test
  void a_halt_is_not_called_a_kill_for_memory() throws Exception {
    no_other_ending_is_called_a_kill_for_memory(Death.HALTED);
    JsonNode verdict = PostMortem.of(DeadRun.of(Death.HALTED)).get("verdict");
    assertThat(verdict.get("evidence").toString()).contains("It exited with status 7");
  }

  /** A kernel's log often tells of kills that are not the one asked about. */
  @ParameterizedTest
  @CsvSource({"KILLED_BY_HAND", "TIMED_OUT"})
  void the_kill_of_another_process_explains_nothing(Death death) throws Exception {
    Path others = DeadRun.of(Death.SQLITE_SORT).kernelLog();
    JsonNode verdict = PostMortem.of(DeadRun.of(death), others).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("killed");
    assertThat(verdict.get("killer").isNull()).isTrue();
  }

  @Test
  void the_kill_of_another_process_makes_nothing_certain() throws Exception {
    Path others = DeadRun.of(Death.SQLITE_SORT).kernelLog();
    JsonNode verdict = PostMortem.of(DeadRun.of(Death.HEAP_LEAK), others).get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("oom-kill");
    assertThat(verdict.get("confidence").asText()).isNotEqualTo("certain");
    assertThat(verdict.get("cause").asText()).isEqualTo("java-heap");
  }

  @Test
  void a_run_finds_its_own_kill_among_others() throws Exception {
    JsonNode verdict =
        PostMortem.of(
                DeadRun.of(Death.HEAP_LEAK),
                DeadRun.of(Death.SQLITE_SORT).kernelLog(),
                DeadRun.of(Death.HEAP_LEAK).kernelLog(),
                DeadRun.of(Death.SHARED_MEMORY).kernelLog())
            .get("verdict");
    assertThat(verdict.get("confidence").asText()).isEqualTo("certain");
    assertThat(verdict.at("/evidence").toString())
        .contains(DeadRun.of(Death.HEAP_LEAK).cgroup())
        .doesNotContain(DeadRun.of(Death.SQLITE_SORT).cgroup());
  }
}
