// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.Platform;
import io.memreport.model.verdict.Confidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools, supervisors and compilers whose process was killed, and hosts that say it was memory. */
class WorkerKillsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[gw3] node down: Not properly terminated | pytest worker gw3 | |",
        "11:02:03  [gw3] node down: Not properly terminated | pytest worker gw3 | |",
        "concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly | worker of a process pool | |",
        "The exit codes of the workers are {SIGKILL(-9), EXIT(0)} | worker of joblib's pool | | 137",
        "RuntimeError: DataLoader worker (pid 55) is killed by signal: Killed. | DataLoader worker | 55 | 137",
        "[2026-01-02 03:04:05 +0000] [1] [ERROR] Worker (pid:55) was sent SIGKILL! Perhaps out of memory? | gunicorn worker | 55 | 137",
        "Process 'ForkPoolWorker-2' pid:55 exited with 'signal 9 (SIGKILL)' | celery worker ForkPoolWorker-2 | 55 | 137",
        "2026-01-02 03:04:05.006 UTC [1] LOG:  server process (PID 55) was terminated by signal 9: Killed | postgres | 55 | 137",
        "2026-01-02 03:04:05,006 INFO exited: shop_00 (terminated by SIGKILL; not expected) | program shop_00 | | 137",
        "c++: fatal error: Killed signal terminated program cc1plus | cc1plus | | 137",
        "collect2: fatal error: ld terminated with signal 9 [Killed] | ld | | 137",
        "  process didn't exit successfully: `/opt/rust/bin/rustc --edition=2021 a.rs` (signal: 9, SIGKILL: kill) | rustc | | 137",
        "/tmp/run.sh: line 7:    55 Killed                  /usr/bin/mvn -B verify | mvn | 55 | 137",
        "/tmp/run.sh: line 7:    55 Killed                  exec \"$JAVA\" -jar x.jar | | 55 | 137",
      })
  void a_worker_is_gone(String line, String name, Long pid, Integer status) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(event.victim().name()).isEqualTo(name);
    assertThat(event.victim().pid()).isEqualTo(pid);
    assertThat(event.exitStatus()).isEqualTo(status);
    assertThat(LogDiagnosis.explain(event).confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(LogDiagnosis.explain(event).headline())
        .hasSizeLessThanOrEqualTo(90)
        .contains(status == null ? "went away" : "status 137");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E   and: '[gw0] node down: Not properly terminated'",
        "The exit codes of the workers are {EXIT(1)}",
        "RuntimeError: DataLoader worker (pid 55) is killed by signal: Segmentation fault.",
        "LOG:  server process (PID 55) was terminated by signal 11: Segmentation fault",
        "INFO exited: shop_00 (exit status 1; not expected)",
        "Container 'Build' exceeded memory limits that we had set in our wiki",
        "# Container 'Build' exceeded memory limit.",
        "Your build has exceeded the time limit of 4h on 1 container.",
        "The step has gone over memory limits of the plan",
        "Container 'web' was terminated with exit code '1' and reason 'Error'",
      })
  void what_ends_otherwise_is_none(String line) {
    assertThat(Logs.events(line + "\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Container 'docker' exceeded memory limit. | kernel-memcg | bitbucket | docker | |",
        "Your build has exceeded the memory limit of 4G on 1 container. | kernel-memcg | circleci | | 4096 |",
        "Instance failed: Ran out of memory (used over 512MB) while running your code. | kernel-memcg | | | 512 |",
        "ERROR: failed to solve: ResourceExhausted: process \"/bin/sh -c npm ci\" did not complete successfully: cannot allocate memory | kernel | docker | | |",
        "Container 'web' was terminated with exit code '137' and reason 'OOMKilled' | kernel-memcg | kubernetes | web | |",
        "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit. | lsf | | | |",
        "=>> PBS: job killed: mem 2097153kb exceeded limit 2097152kb | pbs | | | 2048 | 2048",
        "Error from slot1: Job has gone over memory limit of 1024 megabytes. Peak usage: 1100 megabytes. | htcondor | | | 1024 | 1100",
        "I lowmemorykiller: Kill 'com.acme.game' (55), adj 900, to free 102400kB | android-lmkd | android | com.acme.game | |",
      })
  void the_platform_says_that_it_was_memory(
      String line, String killer, String platform, String name, Long limit, Long used) {
    LogEvent event = Logs.only(line + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer().label()).isEqualTo(killer);
    assertThat(event.platform() == null ? null : event.platform().label()).isEqualTo(platform);
    assertThat(event.victim() == null ? null : event.victim().name()).isEqualTo(name);
    assertThat(event.limit() == null ? null : Long.valueOf(event.limit().limitBytes() >> 20))
        .isEqualTo(limit);
    assertThat(
            event.limit() == null || event.limit().usageBytes() == null
                ? null
                : Long.valueOf(event.limit().usageBytes() >> 20))
        .isEqualTo(used);
    assertThat(LogDiagnosis.explain(event).advice()).isNotEmpty();
    assertThat(LogDiagnosis.explain(event).headline()).hasSizeLessThanOrEqualTo(90);
  }

  @Test
  void a_backend_that_the_kernel_killed_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            Jan 02 03:04:05 h kernel: Out of memory: Killed process 55 (postgres) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB
            Jan 02 03:04:06 h postgres[1]: [3-1] LOG:  server process (PID 55) was terminated by signal 9: Killed
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.signs()).hasSize(2);
  }

  @Test
  void nomad_calls_each_sigkill_out_of_memory() {
    String killed =
        "2026-04-21T15:32:50Z  Terminated  Exit Code: 137, Exit Message: \"OOM Killed (137)\"\n";
    assertThat(Logs.only(killed).kind()).isEqualTo(EventKind.OOM_KILL);
    LogEvent asked =
        Logs.only(
            killed
                + "2026-04-21T15:32:44Z  Killing     Sent interrupt. Waiting 5s before force killing\n");
    assertThat(asked.kind()).isEqualTo(EventKind.KILLED);
    assertThat(asked.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(asked.platform()).isEqualTo(Platform.NOMAD);
    LogEvent withoutText =
        Logs.only("2026-04-21T15:32:44Z  Killing     Sent interrupt. Waiting 5s before\n" + killed);
    assertThat(withoutText.kind()).isEqualTo(EventKind.OOM_KILL);
  }

  @Test
  void the_oldest_words_of_earlyoom() {
    LogEvent event =
        Logs.only(
            """
            mem avail: 900 MiB (10 %), swap free: 5 MiB (1 %)
            Out of memory! avail: 3 MiB < min: 500 MiB
            Killing process 55 tail
            mem avail: 4000 MiB (50 %), swap free: 5 MiB (1 %)
            """);
    assertThat(event.killer()).isEqualTo(Killer.EARLYOOM);
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.victim().name()).isEqualTo("tail");
    assertThat(LogDiagnosis.explain(event).headline()).startsWith("earlyoom killed tail (pid 55)");
    assertThat(Logs.events("Killing process 55 tail\n")).isEmpty();
    assertThat(
            Logs.events(
                "Out of memory! avail: 3 MiB < min: 500 MiB\n"
                    + "x\n".repeat(5)
                    + "Killing process 55 tail\n"))
        .isEmpty();
    String asks =
        "Low memory! mem avail: 300 of 5000 MiB (6) % <= min 10 %, swap free: 0 of 0 MiB (0 %)\n"
            + "Invoking oom killer: done\n";
    assertThat(Logs.only(asks + asks).killer()).isEqualTo(Killer.KERNEL_SYSRQ);
  }

  @Test
  void a_pod_is_named_before_or_behind_its_state() {
    String yaml =
        """
            lastState:
              terminated:
                exitCode: 137
                finishedAt: "2026-02-03T10:11:12Z"
                reason: OOMKilled
            name: shop
        """;
    assertThat(Logs.only(yaml).victim().name()).isEqualTo("shop");
    String described =
        """
          shop:
            Container ID:   containerd://71
            Last State:     Terminated
              Reason:       OOMKilled
              Exit Code:    137
        """;
    LogEvent event = Logs.only(described);
    assertThat(event.victim().name()).isEqualTo("shop");
    assertThat(LogDiagnosis.explain(event).headline()).contains("container shop");
    assertThat(
            Logs.only(
                    "ERROR: Job failed: container \"build\" terminated: exit code: 137, reason: 'OOMKilled'\n")
                .victim()
                .name())
        .isEqualTo("build");
    assertThat(
            Logs.only(
                    "LastState: map[terminated:map[exitCode:137 reason:OOM Killed startedAt:x]]\n")
                .kind())
        .isEqualTo(EventKind.OOM_KILL);
  }

  @Test
  void slurm_and_its_shell_name_step_and_program() {
    LogEvent event =
        Logs.only(
            """
            /spool/job7/slurm_script: line 2: 55 Killed                  ./solver --all
            slurmstepd: error: Detected 1 oom-kill event(s) in StepId=7.batch cgroup. Some of your processes may have been killed
            """);
    assertThat(event.victim().name()).isEqualTo("solver");
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.detail()).contains("job or step 7.batch");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
  }

  @Test
  void a_line_that_repeats_is_one_sign() {
    String line = "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=7.0. Some of your\n";
    assertThat(Logs.only(line + line + line).signs()).hasSize(1);
  }

  @Test
  void yarn_breaks_its_message() {
    LogEvent event =
        Logs.only(
            """
            for appattempt_7_0001_000002 exited with exitCode: 143 due to: Container
            [pid=55,containerID=container_7_0001_02_000001] is running beyond physical memory limits.
            Current usage: 1.5 GB of 1 GB physical memory used; 19.8 GB of 2.1 GB virtual memory used. Killing container.
            """);
    assertThat(event.killer()).isEqualTo(Killer.YARN_NODEMANAGER);
    assertThat(event.victim().pid()).isEqualTo(55);
    assertThat(event.limit().limitBytes()).isEqualTo(1L << 30);
  }

  @Test
  void a_unit_and_the_kernel_that_follows_are_one_event() {
    String unit =
        "Jun 19 16:23:32 h systemd[9]: shop.scope: The kernel OOM killer killed some processes in this unit.\n";
    String kernel =
        """
        Jun 19 16:23:%s h kernel: x invoked oom-killer: gfp_mask=0x1, order=0, oom_score_adj=0
        Jun 19 16:23:%s h kernel: oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/user.slice/%s,task=java,pid=55,uid=1
        Jun 19 16:23:%s h kernel: Out of memory: Killed process 55 (java) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB
        """;
    LogEvent event = Logs.only(unit + kernel.formatted("33", "33", "shop.scope", "33"));
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.detail()).contains("The service manager names the unit shop.scope.");
    assertThat(event.signs()).anyMatch(sign -> sign.text().contains("killed some processes"));
    assertThat(Logs.events(unit + kernel.formatted("33", "33", "other.scope", "33"))).hasSize(2);
    assertThat(Logs.events(unit + kernel.formatted("36", "36", "shop.scope", "36"))).hasSize(2);
  }

  @Test
  void a_report_in_yaml_with_the_latest_line_first_is_one_event() {
    LogEvent event =
        Logs.only(
            """
            - jsonPayload:
                MESSAGE: 'Memory cgroup out of memory: Killed process 55 (java) total-vm:9000kB, anon-rss:8000kB, file-rss:4kB, shmem-rss:0kB'
            - jsonPayload:
                MESSAGE: 'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg=/pods/a,task_memcg=/pods/a/b,task=java,pid=55,uid=0'
            - jsonPayload:
                MESSAGE: 'memory: usage 524288kB, limit 524288kB, failcnt 12'
            - jsonPayload:
                MESSAGE: 'java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=987'
            """);
    assertThat(event.victim().anonBytes()).isEqualTo(8000L << 10);
    assertThat(event.limit().limitBytes()).isEqualTo(512L << 20);
    assertThat(event.limitCgroup()).isEqualTo("/pods/a");
    assertThat(event.trigger().name()).isEqualTo("java");
  }

  @Test
  void two_kills_without_times_stay_two() {
    String kill =
        "Out of memory: Killed process %d (java) total-vm:9kB, anon-rss:8kB, file-rss:4kB\n";
    assertThat(Logs.events(kill.formatted(55) + kill.formatted(56))).hasSize(2);
    assertThat(
            Logs.events(
                "Out of memory: Killed process 55 (java)\n"
                    + "INFO another line of the shop\n".repeat(500)
                    + "Out of memory: Killed process 55 (java)\n"))
        .hasSize(2);
  }

  @Test
  void the_long_line_of_systemd_oomd_breaks_before_its_reason() {
    LogEvent event =
        Logs.only(
            """
            Sep 18 02:27:12 h systemd-oomd[944]: Killed /user.slice/app-shop-1.scope
                due to memory pressure for /user.slice
                being 82.63% > 50.00% for > 20s with reclaim activity
            """);
    assertThat(event.killer()).isEqualTo(Killer.SYSTEMD_OOMD);
    assertThat(event.victimCgroup()).isEqualTo("/user.slice/app-shop-1.scope");
    assertThat(event.limitCgroup()).isEqualTo("/user.slice");
    assertThat(event.pressure().percent()).isEqualTo(82.63);
  }

  @Test
  void docker_tells_who_asked() {
    String die = "2026-01-01T00:00:10.1Z container die c0ffee (exitCode=137, image=x, name=web)\n";
    String kill = "2026-01-01T00:00:10.0Z container kill c0ffee (image=x, name=web, signal=9)\n";
    assertThat(Logs.only(kill + die).notes()).anyMatch(note -> note.contains("docker stop"));
    assertThat(Logs.only(die).notes()).noneMatch(note -> note.contains("docker stop"));
    assertThat(Logs.only(kill.replace("c0ffee", "beef") + die).notes())
        .noneMatch(note -> note.contains("docker stop"));
  }

  @Test
  void the_oldest_kernels_write_small_letters() {
    LogEvent event =
        Logs.only(
            "Out of memory: kill process 55 (qemu) score 7 or a child\nKilled process 55 (qemu)\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.victim().name()).isEqualTo("qemu");
    assertThat(
            Logs.only("Jan 02 03:04:05 h kernel: Out of memory: Kill process 55 (build)\n")
                .victim()
                .name())
        .isEqualTo("build");
  }

  @Test
  void heroku_names_the_dyno() {
    LogEvent event =
        Logs.only(
            """
            2026-01-10T10:58:37.1+00:00 heroku[worker.1]: Process running mem=1214M(237.2%)
            2026-01-10T10:58:37.2+00:00 heroku[worker.1]: Error R15 (Memory quota vastly exceeded)
            """);
    assertThat(event.victim().name()).isEqualTo("worker.1");
    assertThat(LogDiagnosis.explain(event).headline()).contains("dyno worker.1");
  }
}
