// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Explanation;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each platform's words give a kind, a killer, a victim, a limit, and advice that fits. */
class PlatformKillsTest {
  private static final long MIB = 1 << 20;
  private static final int LINE = 90;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Container [pid=812,containerID=container_7_0001_01_000002] is running beyond physical memory"
            + " limits. Current usage: 2.1 GB of 2 GB physical memory used; 3.9 GB of 4.2 GB virtual"
            + " memory used. Killing container.",
        "Diagnostics: [pid=812,containerID=container_7_0001_01_000002] is running 534528B beyond the"
            + " 'PHYSICAL' memory limit. Current usage: 2.1 GB of 2 GB physical memory used; 3 GB of 4"
            + " GB virtual memory used. Killing container.",
        "ExecutorLostFailure (executor 4 exited) Reason: Container killed by YARN for exceeding memory"
            + " limits. 2.1 GB of 2 GB physical memory used. Consider boosting",
      })
  void yarn_kills_at_physical_memory(String words) {
    LogEvent event = Logs.only(words + "\n" + words + "\nContainer exited with exit code 143\n");
    assertThat(event.killer()).isEqualTo(Killer.YARN_NODEMANAGER);
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.limit().limitBytes()).isEqualTo(2048 * MIB);
    assertThat(event.limit().usageBytes()).isEqualTo(Math.round(2.1 * 1024 * MIB));
    assertCertain(event, "memoryOverhead");
  }

  @Test
  void yarn_kills_at_virtual_memory() {
    LogEvent event =
        Logs.only(
            "Container [pid=9,containerID=container_7_0001_01_000003] is running beyond virtual memory"
                + " limits. Current usage: 80 MB of 256 MB physical memory used; 1.1 GB of 537.6 MB"
                + " virtual memory used. Killing container.\n");
    assertThat(event.limit().what()).isEqualTo("virtual memory");
    assertThat(event.victim().name()).isEqualTo("container_7_0001_01_000003");
    assertCertain(event, "more RAM does not help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Container killed by YARN for exceeding memory limits. Consider boosting it.",
        "Completed container container_7_0001_01_000003 on host: n (exit status: -104)",
        "got status for containerID=container_7_0001_01_000003, state=COMPLETE, exitStatus=-104",
        "container container_7_0001_01_000003 killed by elastic cgroups OOM handler.",
      })
  void yarn_says_so_without_figures(String words) {
    LogEvent event = Logs.only(words + "\n");
    assertThat(event.killer()).isEqualTo(Killer.YARN_NODEMANAGER);
    assertThat(event.limits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Container killed by YARN for exceeding memory limits. 2.2 GB of 2.1 GB virtual memory used.",
        "Completed container container_7_0001_01_000003 on host: n (exit status: -103)",
      })
  void yarns_virtual_memory_is_no_memory(String words) {
    assertCertain(Logs.only(words + "\n"), "more RAM does not help");
  }

  @Test
  void an_executor_of_spark_with_a_status_of_its_own_ran_out_itself() {
    LogEvent event = Logs.only("Lost executor 3 on n: Command exited with code 52\n");
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertCertain(event, "spark.executor.memory");
  }

  @Test
  void slurm_tells_the_limit_in_more_than_one_way() {
    assertThat(
            Logs.only("slurmd: error: Step 12.0 exceeded 4194304 KB memory limit, being killed\n")
                .limit()
                .limitBytes())
        .isEqualTo(4096 * MIB);
    String seff = "State: OUT_OF_MEMORY (exit code 0)\nMemory Efficiency: 99.50% of 4.00 GB\n";
    assertThat(Logs.only(seff).limit().limitBytes()).isEqualTo(4096 * MIB);
    assertThat(Logs.events("State: COMPLETED\nMemory Efficiency: 99.50% of 4.00 GB\n")).isEmpty();
  }

  @Test
  void a_function_of_lambda_that_was_killed_before_says_nothing_of_the_next() {
    String line =
        "2026-08-06T0%d:00:00Z RequestId: %s Error: Runtime exited with error: signal: killed\n";
    String report =
        "2026-08-06T0%d:00:00Z REPORT RequestId: %s Memory Size: 512 MB Max Memory Used: %d MB\n";
    assertThat(
            Logs.events(
                line.formatted(1, "a")
                    + report.formatted(1, "a", 512)
                    + line.formatted(3, "b")
                    + report.formatted(3, "b", 90)))
        .extracting(LogEvent::kind)
        .containsExactly(EventKind.OOM_KILL, EventKind.KILLED);
  }

  @Test
  void yarn_alone_with_a_status_says_no_reason() {
    LogEvent event =
        Logs.only(
            "Container killed on request. Exit code is 143\n"
                + "Container exited with a non-zero exit code 143\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(LogDiagnosis.explain(event).advice().toString())
        .contains("yarn logs")
        .doesNotContain("journalctl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slurmstepd: error: Detected 1 oom_kill event in StepId=47.batch. Some of the step tasks have"
            + " been OOM Killed.",
        "slurmstepd: error: Detected 2 oom-kill event(s) in step 47.batch cgroup. Some of your"
            + " processes may have been killed by the cgroup out-of-memory handler.",
        "47.batch  batch  OUT_OF_ME+  0:125  4194300K  4Gn",
      })
  void the_kernel_kills_for_slurm(String words) {
    LogEvent event = Logs.only(words + "\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.victim().name()).isEqualTo("47.batch");
    assertCertain(event, "--mem");
  }

  @Test
  void slurm_kills_itself() {
    LogEvent event =
        Logs.only(
            "slurmstepd: error: Job 47 exceeded memory limit (4219000 > 4194304), being killed\n");
    assertThat(event.killer()).isEqualTo(Killer.SLURM);
    assertThat(event.limit().limitBytes()).isEqualTo(4096 * MIB);
    assertThat(event.limit().usageBytes()).isEqualTo(4_219_000L << 10);
  }

  @Test
  void lambda_is_likely_by_its_numbers() {
    String report = "REPORT RequestId: a\tMemory Size: 512 MB\tMax Memory Used: %d MB\t\n";
    String killed =
        "RequestId: a Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n";
    LogEvent full = Logs.only(report.formatted(512) + killed);
    assertThat(full.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(full.limit().limitBytes()).isEqualTo(512 * MIB);
    Explanation why = LogDiagnosis.explain(full);
    assertThat(why.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(why.advice().toString()).contains("memory size").doesNotContain("journalctl");
    LogEvent roomy = Logs.only(killed + report.formatted(200));
    assertThat(roomy.kind()).isEqualTo(EventKind.KILLED);
    assertThat(roomy.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(LogDiagnosis.explain(roomy).advice().toString()).doesNotContain("journalctl");
    assertThat(Logs.events(report.formatted(512))).isEmpty();
    LogEvent other = Logs.only(report.formatted(512) + killed.replace("Id: a", "Id: b"));
    assertThat(other.kind()).isEqualTo(EventKind.KILLED);
  }

  @Test
  void lsf_tells_the_peak_in_its_summary() {
    LogEvent event =
        Logs.only(
            """
            TERM_MEMLIMIT: job killed after reaching LSF memory usage limit.
            Exited with exit code 137.
                Max Memory :                                 512 MB
                Average Memory :                             300 MB
            """);
    assertThat(event.killer()).isEqualTo(Killer.LSF);
    assertThat(event.limits())
        .singleElement()
        .matches(limit -> limit.usageBytes() == 512 * MIB && limit.limitBytes() == null);
    assertThat(Logs.events("    Max Memory :    512 MB\n")).isEmpty();
  }

  @Test
  void mesos_tells_limit_and_peak() {
    LogEvent event = Logs.only("Memory limit exceeded: Requested: 512MB Maximum Used: 513MB\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.limit().limitBytes()).isEqualTo(512 * MIB);
    assertThat(event.limit().usageBytes()).isEqualTo(513 * MIB);
  }

  /** The node's memory is no limit of the task. */
  @Test
  void ray_ends_a_task_at_a_share_of_its_node() {
    LogEvent event =
        Logs.only(
            "(raylet) node_manager.cc:7: System memory low at node with IP 10.0.0.1. Used memory (15.20GB) /"
                + " total capacity (16.00GB) (0.95) exceeds threshold 0.9, killing latest task with name f\n");
    assertThat(event.killer()).isEqualTo(Killer.SUPERVISOR);
    assertThat(event.limit()).isNull();
    assertThat(event.limits()).singleElement().matches(limit -> limit.usageBytes() > 15L << 30);
  }

  @Test
  void an_older_dask_names_no_worker() {
    LogEvent event =
        Logs.only("distributed.nanny - WARNING - Worker exceeded 95% memory budget.  Restarting\n");
    assertThat(event.killer()).isEqualTo(Killer.SUPERVISOR);
    assertThat(event.victim().name()).isEqualTo("dask worker");
  }

  @Test
  void condor_holds_a_job_for_its_memory() {
    LogEvent event =
        Logs.only("Job put on hold by SYSTEM_PERIODIC_HOLD due to memory usage 4700.\n");
    assertThat(event.killer()).isEqualTo(Killer.HTCONDOR);
    assertThat(event.limits()).isEmpty();
    assertThat(Logs.events("Job put on hold by SYSTEM_PERIODIC_HOLD due to disk usage 4700.\n"))
        .isEmpty();
  }

  @Test
  void cloud_foundry_describes_the_exit() {
    LogEvent event =
        Logs.only(
            "app.crash shop {\"exit_description\"=>\"out of memory\", \"reason\"=>\"CRASHED\"}\n");
    assertThat(event.platform()).isEqualTo(Platform.CLOUD_FOUNDRY);
    assertCertain(event, "cf scale");
  }

  /** Each fact has a heading in the line before. */
  @Test
  void aix_kills_without_paging_space() {
    String record =
        """
        LABEL:          PGSP_KILL
        Description
        SOFTWARE PROGRAM ABNORMALLY TERMINATED
        Probable Causes
        SYSTEM RUNNING OUT OF PAGING SPACE
        Detail Data
        PROGRAM
        shopd
        USER'S PROCESS ID:
                 812
        PROGRAM'S PAGING SPACE USE IN 1KB BLOCKS
                2048
        """;
    LogEvent event = Logs.only(record);
    assertThat(event.killer()).isEqualTo(Killer.AIX_KERNEL);
    assertThat(event.platform()).isEqualTo(Platform.AIX);
    assertThat(event.victim().name()).isEqualTo("shopd");
    assertThat(event.victim().pid()).isEqualTo(812);
    assertThat(event.victim().swapBytes()).isEqualTo(2 * MIB);
    assertCertain(event, "lsps -a");
    assertThat(Logs.events(record + record.replace("812", "813"))).hasSize(2);
    assertThat(Logs.only(record.substring(0, record.indexOf("PROGRAM\n"))).victims()).isEmpty();
  }

  @Test
  void heroku_ends_a_dyno_at_twice_its_quota() {
    LogEvent event =
        Logs.only(
            """
            2026-08-06T07:46:39+00:00 heroku[web.1]: Process running mem=1058M(206.6%)
            2026-08-06T07:46:39+00:00 heroku[web.1]: Error R15 (Memory quota vastly exceeded)
            2026-08-06T07:46:39+00:00 heroku[web.1]: Process exited with status 137
            """);
    assertThat(event.killer()).isEqualTo(Killer.HEROKU);
    assertThat(event.limit().limitBytes()).isEqualTo(512 * MIB);
    assertCertain(event, "dyno");
    assertThat(Logs.only("app[web.1]: Error R14 (Memory quota exceeded)\n").kind())
        .isEqualTo(EventKind.NO_KILL);
  }

  @Test
  void cloud_run_says_its_limit() {
    LogEvent event =
        Logs.only(
            "{\"textPayload\":\"Memory limit of 256 MiB exceeded with 260 MiB used. Consider"
                + " more\",\"timestamp\":\"2026-08-06T07:46:40.1Z\"}\n");
    assertThat(event.killer()).isEqualTo(Killer.CLOUD_RUN);
    assertThat(event.limit().limitBytes()).isEqualTo(256 * MIB);
    assertThat(event.limit().usageBytes()).isEqualTo(260 * MIB);
    assertThat(event.at().instant()).hasToString("2026-08-06T07:46:40.100Z");
    assertCertain(event, "--memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: memory limit exceeded. Function invocation was interrupted.",
        "Function invocation was interrupted. Error: memory limit exceeded.",
        "Function cannot be initialized. Error: memory limit exceeded.",
      })
  void functions_say_it_without_figures(String words) {
    assertThat(Logs.only(words + "\n").killer()).isEqualTo(Killer.CLOUD_RUN);
  }

  @Test
  void a_signal_alone_is_no_lack_of_memory() {
    LogEvent event = Logs.only("Container terminated on signal 9.\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(LogDiagnosis.explain(event).advice().toString()).doesNotContain("journalctl");
  }

  @Test
  void netbsd_counts_threads_too() {
    LogEvent event = Logs.only("UVM: pid 87.2 (java), uid 7 killed: out of swap\n");
    assertThat(event.killer()).isEqualTo(Killer.NETBSD_KERNEL);
    assertThat(event.victim().pid()).isEqualTo(87);
    assertCertain(event, "Add swap");
    assertThat(Logs.only("UVM: pid 87 (java), uid 7 killed: out of swap\n").killer())
        .isEqualTo(Killer.OPENBSD_KERNEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel: pid 87 (java), jid 0, uid 1001, was killed: failed to reclaim memory",
        "pid 87 (java), uid 70, was killed: out of swap space",
        "pid 87 (java), jid 3, uid 0, was killed: a thread waited too long to allocate a page",
      })
  void freebsd_names_its_victim(String words) {
    LogEvent event = Logs.only(words + "\n");
    assertThat(event.killer()).isEqualTo(Killer.FREEBSD_KERNEL);
    assertThat(event.victim().name()).isEqualTo("java");
    assertThat(event.victim().pid()).isEqualTo(87);
    assertCertain(event, "Add swap");
  }

  @Test
  void android_names_its_victim() {
    LogEvent event =
        Logs.only(
            "08-06 07:46:40.123   500   500 I lowmemorykiller: Kill 'com.example.shop' (2401), uid"
                + " 10123, oom_score_adj 900 to free 4096kB rss, 20kB swap; reason: device is low on"
                + " swap (10kB < 20kB)\n");
    assertThat(event.killer()).isEqualTo(Killer.ANDROID_LMKD);
    assertThat(event.victim().rssBytes()).isEqualTo(4 * MIB);
    assertThat(event.detail()).contains("reason: device is low on swap");
    assertThat(event.at().instant()).hasToString("2026-08-06T07:46:40.123Z");
    assertCertain(event, "dumpsys meminfo");
    LogEvent lastYear =
        Logs.only(
            "12-31 23:00:00.000 I/lowmemorykiller(  5): Kill 'com.example.shop' (2401), uid 1,"
                + " oom_score_adj 0 to free 4kB rss, 1kB anon rss, 1kB swap, 0kB dmabuf_pss, 0kB"
                + " dmabuf_rss; reason: low watermark is breached\n");
    assertThat(lastYear.at().instant()).hasToString("2025-12-31T23:00:00Z");
    assertThat(lastYear.detail()).contains("reason: low watermark is breached");
  }

  @Test
  void jvmkill_ends_a_jvm_that_ran_out_itself() {
    LogEvent event =
        Logs.only(
            """
            Resource exhaustion event: the JVM was unable to allocate memory from the heap.
            ResourceExhausted! (1/0)
            jvmkill killing current process
            APP/PROC/WEB: Exited with status 137
            """);
    assertThat(event.kind()).isEqualTo(EventKind.JAVA_OOM);
    assertThat(event.killer()).isEqualTo(Killer.JVMKILL_AGENT);
    assertThat(event.constraint()).isEqualTo("Java heap space");
    LogEvent airlift = Logs.only("ResourceExhausted: Metaspace: killing current process!\n");
    assertThat(airlift.constraint()).isEqualTo("Metaspace");
    LogEvent both = Logs.only("ResourceExhausted! (1/0)\nExit status 137 (out of memory)\n");
    assertThat(both.killer()).isEqualTo(Killer.JVMKILL_AGENT);
    LogEvent cell = Logs.only("APP/PROC/WEB: Exited with status 137 (out of memory)\n");
    assertThat(cell.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(cell.platform()).isEqualTo(Platform.CLOUD_FOUNDRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-21T15:32:50Z  Terminated  Exit Code: 137, Exit Message: \"OOM Killed\"",
        "Terminated  Exit Code: 137, Signal: 9, Exit Message: \"OOM killed\"",
        "\"DisplayMessage\": \"Exit Code: 137, Exit Message: \\\"OOM Killed\\\"\",",
        "\"oom_killed\": \"true\",",
      })
  void nomad_passes_on_what_docker_says(String words) {
    LogEvent event = Logs.only(words + "\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertCertain(event, "nomad alloc status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "level=info msg=\"TaskOOM event container_id:\\\"7a1c03e95b42\\\"\"",
        "msg=\"TaskOOM event &TaskOOM{ContainerID:7a1c03e95b42,XXX_unrecognized:[],}\"",
        "k8s.io /tasks/oom {\"container_id\":\"7a1c03e95b42\"}",
      })
  void containerd_names_the_container(String words) {
    assertThat(Logs.only(words + "\n").victimCgroup()).isEqualTo("7a1c03e95b42");
  }

  @Test
  void the_headline_has_the_beginning_of_a_containers_id() {
    String words = "TaskOOM event container_id:\\\"" + "7a1c03e95b42".repeat(5) + "beef\\\"";
    assertThat(LogDiagnosis.explain(Logs.only(words + "\n")).headline())
        .contains(" 7a1c03e95b42, ")
        .doesNotContain("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOMKilled: false",
        "# exit code 137 means that somebody sent SIGKILL",
        "If it ends with exit code 137 it was killed.",
        "Memory limit of 512 MiB is configured",
        "Memory usage of ProcessTree 87 for container-id container_1_0001_01_000002: 900 MB of 1 GB"
            + " physical memory used; 2.1 GB of 2.1 GB virtual memory used",
        "client.oom_killed=false exit_code=0",
        "grep for 'was killed: out of swap space' in the log",
        "Exit Code: 0",
        "yarn.nodemanager.pmem-check-enabled: containers running beyond physical memory limits end",
      })
  void what_only_mentions_memory_is_no_kill(String line) {
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  static void assertCertain(LogEvent event, String advice) {
    Explanation why = LogDiagnosis.explain(event);
    assertThat(why.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(why.advice().toString()).contains(advice);
    assertThat(why.headline()).hasSizeLessThanOrEqualTo(LINE);
  }
}
