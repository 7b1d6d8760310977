// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts, schedulers and supervisors: what they say of themselves is certain. */
class HostedBuildsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "==> Ran out of memory (used over 512MB) while running your code. | RENDER | instance type",
        "At least one \"Out of Memory\" (\"OOM\") event was detected during the build. | VERCEL | --max-old-space-size",
      })
  void a_host_has_no_kernel_log_to_read(String line, Platform platform, String advice) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.platform()).isEqualTo(platform);
    PlatformKillsTest.assertCertain(event, advice);
    assertThat(LogDiagnosis.explain(event).advice().toString())
        .doesNotContain("journalctl", "cgroup");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=>> PBS: job killed: mem 8388920kb exceeded limit 8388608kb | PBS | PBS killed a process, at its memory limit of 8.00 GiB.",
        "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit. | LSF | LSF killed a process.",
        "(raylet) node_manager.cc:3069: 12 Workers (tasks / actors) killed due to memory pressure (OOM), 0 Workers crashed | SUPERVISOR | Its supervisor killed the ray worker.",
        "The node was low on resource: memory. | KUBELET | The kubelet evicted a pod (a process), because its node was low on memory.",
      })
  void who_ends_a_process_knows_why(String line, Killer killer, String headline) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.killer()).isEqualTo(killer);
    assertThat(LogDiagnosis.explain(event).headline()).isEqualTo(headline);
    assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void no_worker_that_ray_killed_is_none() {
    assertThat(
            Logs.events(
                "0 Workers (tasks / actors) killed due to memory pressure (OOM), 2 Workers crashed\n"))
        .isEmpty();
  }

  @Test
  void a_worker_of_dataflow_ends_its_own_jvm() {
    LogEvent event =
        Logs.only(
            "Shutting down JVM after 8 consecutive periods of measured GC thrashing. Memory is used/total/max"
                + " = 2481/2485/2486 MB, GC last/max = 98.01/98.50 %\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(event.limit().usageBytes()).isEqualTo(2481L << 20);
    assertThat(event.limit().limitBytes()).isEqualTo(2486L << 20);
    Explanation explanation = LogDiagnosis.explain(event);
    assertThat(explanation.headline()).contains("Java heap");
  }

  @Test
  void a_job_of_slurm_that_was_killed_has_a_state() {
    LogEvent event = Logs.only("srun: error: node7: task 0: Killed\n");
    assertThat(event.platform()).isEqualTo(Platform.SLURM);
    assertThat(LogDiagnosis.explain(event).advice().toString())
        .contains("sacct")
        .doesNotContain("journalctl");
    LogEvent full =
        Logs.only(
            "slurmstepd: error: Detected 1 oom_kill event in StepId=41.0.\nsrun: error: node7: task 0: Killed\n");
    assertThat(full.kind()).isEqualTo(EventKind.OOM_KILL);
  }

  /** One failure: the executor throws, and ends itself for it. */
  @Test
  void an_executor_of_spark_tells_its_error_before_its_status() {
    LogEvent event =
        Logs.only(
            """
            java.lang.OutOfMemoryError: Java heap space
            26/11/20 10:00:02 ERROR YarnScheduler: Lost executor 3 on n1: Command exited with code 52
            """);
    assertThat(event.platform()).isEqualTo(Platform.SPARK);
    assertThat(event.exitStatus()).isEqualTo(52);
    assertThat(event.constraint()).isEqualTo("Java heap space");
    assertThat(event.signs()).hasSize(2);
  }

  /** It has no recording: no run may be taken for it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Could not reserve enough space for 8388608KB object heap | A JVM could not start: the system refused it its heap (8.00 GiB).",
        "Error: Could not reserve enough space for object heap | A JVM could not start: the system refused it its heap.",
        "Could not reserve enough space for code cache | A JVM could not start: the system refused it its heap.",
      })
  void a_jvm_that_got_no_address_space_did_not_start(String line, String headline) {
    LogEvent event = Logs.only("Error occurred during initialization of VM\n" + line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.REFUSED);
    assertThat(LogDiagnosis.explain(event).headline()).isEqualTo(headline);
    assertThat(LogDiagnosis.explain(event).advice().toString()).contains("-Xmx", "ulimit -v");
    assertThat(Logs.events("It says: Could not reserve enough space for object heap\n")).isEmpty();
  }

  @Test
  void an_error_file_of_windows_names_its_host() {
    LogEvent event =
        Logs.only(
            """
            # There is insufficient memory for the Java Runtime Environment to continue.
            # Native memory allocation (malloc) failed to allocate 32744 bytes. Error detail: ChunkPool::allocate
            Host: Intel(R) Core(TM), 8 cores, 15G,  Windows 11 , 64 bit Build 22621
            """);
    assertThat(event.platform()).isEqualTo(Platform.WINDOWS);
    assertThat(LogDiagnosis.explain(event).advice().toString())
        .contains("page file")
        .doesNotContain("overcommit");
  }

  @Test
  void tekton_names_its_step() {
    LogEvent event = Logs.only("\"step-build\" exited with code 137 (OOMKilled)\n");
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.victim().name()).isEqualTo("step-build");
  }

  @Test
  void informix_writes_errors_in_brackets() {
    LogEvent event =
        Logs.only("shmget: [ENOSPC][28]: key 52564801: shared memory allocation failed\n");
    assertThat(event.sharedMemory().resource()).isEqualTo(SharedMemoryResource.SHMMNI_OR_SHMALL);
  }
}
