// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Killers in user space, and those who only tell of deaths. */
class KillersTest {
  @ParameterizedTest
  @ValueSource(strings = {"Killed %s due to", "Marked %s for killing due to"})
  void oomd_acts_on_pressure(String words) {
    LogEvent event =
        Logs.only(
            "Dec 18 19:34:56 pc systemd-oomd[840]: "
                + words.formatted("/user.slice/u/app.slice/tab.scope")
                + " memory pressure for /user.slice/u being 66.42% > 50.00% for > 20s with reclaim"
                + " activity\n"
                + "Dec 18 19:34:56 pc systemd[1837]: tab.scope: systemd-oomd killed 12 process(es) in"
                + " this unit.\n"
                + "Dec 18 19:34:57 pc systemd[1837]: tab.scope: Failed with result 'oom-kill'.\n");
    assertThat(event.killer()).isEqualTo(Killer.SYSTEMD_OOMD);
    assertThat(event.victimCgroup()).isEqualTo("/user.slice/u/app.slice/tab.scope");
    assertThat(event.limitCgroup()).isEqualTo("/user.slice/u");
    assertThat(event.pressure().percent()).isEqualTo(66.42);
    assertThat(event.pressure().limitPercent()).isEqualTo(50);
    assertThat(event.pressure().duration()).isEqualTo("20s");
    assertThat(event.signs()).hasSize(3);
  }

  @Test
  void oomd_acts_on_swap() {
    LogEvent event =
        Logs.only(
            "systemd-oomd[1]: Killed /a.scope due to memory used (60) / total (66) and swap used (61)"
                + " / total (67) being more than 90.00%\n");
    assertThat(event.pressure().memoryTotalBytes()).isEqualTo(66);
    assertThat(event.pressure().swapUsedBytes()).isEqualTo(61);
    assertThat(event.pressure().limitPercent()).isEqualTo(90);
  }

  @Test
  void oomd_247_told_the_reason_only() {
    assertThat(
            Logs.only(
                    "systemd-oomd[1]: Memory pressure for /u is greater than 10 for more than 30"
                        + " seconds and there was reclaim activity\n")
                .kind())
        .isEqualTo(EventKind.OOM_KILL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "systemd-oomd[1]: oomd dry-run: Would have tried to kill /a.scope with recurse=true",
        "systemd-oomd[1]: Considered 9 cgroups for killing, top candidates were:",
        "earlyoom[1]: mem avail: 12345 of 31998 MiB (38.58%), swap free: 100 of 100 MiB (100.00%)",
        "state: OOMKilled=false exit code 0",
        "Process completed with exit code 1370.",
        "Somebody Killed the build",
        "memory: usage 5kB, limit 9kB, failcnt 0",
        "\"OOMKilled\": false,",
        "memorystatus: killing_idle_process pid 34 [mdworker] (long-idle-exit 3000s rf:-) 900KB -"
            + " memorystatus_available_pages: 90000",
      })
  void what_only_looks_like_a_kill_is_none(String line) {
    assertThat(Logs.events(line + "\n")).allMatch(event -> event.kind() == EventKind.NO_KILL);
  }

  @Test
  void slices_repeat_what_the_kernel_did() {
    LogEvent event =
        Logs.only(
            """
            Feb 08 00:40:07 h systemd[1]: job.service: A process of this unit has been killed by the OOM killer.
            Feb 08 00:40:07 h systemd[1]: user.slice: A process of this unit has been killed by the OOM killer.
            Feb 08 00:40:07 h systemd[1]: job.service: Failed with result 'oom-kill'.
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL);
    assertThat(event.detail())
        .containsExactly(
            "The service manager names the unit job.service.",
            "The service manager names the unit user.slice.");
    assertThat(event.victimCgroup()).isEqualTo("job.service");
    String later = ": The kernel OOM killer killed some processes in this unit.\n";
    assertThat(Logs.only("user.slice" + later + "job.service" + later + "a.slice" + later))
        .extracting(LogEvent::victimCgroup)
        .isEqualTo("job.service");
  }

  @Test
  void earlyoom_asks_first() {
    LogEvent event =
        Logs.only(
            """
            Nov 12 17:08:27 h earlyoom[1295]: mem avail:   888 of 55597 MiB ( 1.60%), swap free:    0 of 8191 MiB ( 0.00%)
            Nov 12 17:08:27 h earlyoom[1295]: low memory! at or below SIGTERM limits: mem  1.66%, swap 10.00%
            Nov 12 17:08:27 h earlyoom[1295]: sending SIGTERM to process 906 uid 1000 "java": oom_score 1170, VmRSS 43912 MiB, cmdline "java -jar x"
            Nov 12 17:08:37 h earlyoom[1295]: escalating to SIGKILL after 6.0 seconds
            """);
    assertThat(event.killer()).isEqualTo(Killer.EARLYOOM);
    assertThat(event.victim().rssBytes()).isEqualTo(43912L << 20);
    assertThat(event.pressure().memoryUsedBytes()).isEqualTo((55597L - 888) << 20);
    assertThat(event.notes()).anyMatch(note -> note.contains("SIGKILL"));
  }

  /** Version 1.2 put the name in quotes and the id behind it. */
  @Test
  void an_older_earlyoom_quotes_the_name() {
    LogEvent event =
        Logs.only(
            """
            Low Memory! At or below SIGTERM limits (mem: 10%, swap: 10%)
            Killing process 'shopd' with signal 15, pid: 906, badness: 12, VmRSS: 300 MiB
            """);
    assertThat(event.killer()).isEqualTo(Killer.EARLYOOM);
    assertThat(event.victim().pid()).isEqualTo(906);
    assertThat(event.victim().name()).isEqualTo("shopd");
    assertThat(event.victim().rssBytes()).isEqualTo(300L << 20);
  }

  /** Its user may have it run a command in place of a signal. */
  @Test
  void nohang_runs_a_command() {
    String found = "PID: 906, name: shopd, badness: 12\n";
    LogEvent event = Logs.only(found + "Run the command: kill -TERM 906\n");
    assertThat(event.killer()).isEqualTo(Killer.NOHANG);
    assertThat(event.victim().pid()).isEqualTo(906);
    assertThat(event.victim().name()).isEqualTo("shopd");
    assertThat(event.constraint()).isEqualTo("SIGTERM");
    assertThat(event.exitStatus()).isEqualTo(143);
    LogEvent other = Logs.only(found + "Run the command: kill -9 907\n");
    assertThat(other.victim().pid()).isEqualTo(907);
    assertThat(other.victim().name()).isNull();
    assertThat(other.exitStatus()).isEqualTo(137);
    assertThat(Logs.events(found + "Run the command: systemctl restart shopd\n")).isEmpty();
  }

  @Test
  void nohang_describes_its_victim() {
    LogEvent event =
        Logs.only(
            """
            Victim status (found in 27ms):
              Name:      java
              PID:       3124
              VmRSS:     10437 MiB
            Sending SIGTERM to the victim
            """);
    assertThat(event.killer()).isEqualTo(Killer.NOHANG);
    assertThat(event.victim().pid()).isEqualTo(3124);
    assertThat(event.victim().rssBytes()).isEqualTo(10437L << 20);
  }

  // BaseKillPlugin.cpp says what it tries, and then whom it reached.
  @Test
  void facebooks_oomd_tells_step_by_step() {
    String steps =
        """
        [../oomd/engine/Ruleset.cpp:9] DetectorGroup=slow has fired for Ruleset=all. Running action chain.
        [../oomd/plugins/BaseKillPlugin.cpp:7] Trying to kill /sys/fs/cgroup/a.slice/shop.service
        """;
    String reached = "[../oomd/plugins/BaseKillPlugin.cpp:8] Killed 2: 812(java) 813(sh)\n";
    String summary =
        "oomd kill: 80.5 70.1 60.2 a.slice/shop.service 4096 ruleset:[all] killer:k v2\n";
    LogEvent tried = Logs.only(steps);
    assertThat(tried.kind()).isEqualTo(EventKind.NO_KILL);
    for (String log : new String[] {steps + reached, steps + reached + summary}) {
      LogEvent event = Logs.only(log);
      assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
      assertThat(event.killer()).isEqualTo(Killer.FACEBOOK_OOMD);
      assertThat(event.victimCgroup()).isEqualTo("a.slice/shop.service");
      assertThat(event.victims()).extracting("name").containsExactly("java", "sh");
      assertThat(event.detail()).contains("ruleset all", "detector group slow");
      assertThat(LogDiagnosis.explain(event).headline())
          .startsWith("oomd killed all of shop.service");
    }
    assertThat(
            Logs.only("[x.cpp:7] OOMD: In dry-run mode; would have tried to kill /a.slice\n")
                .kind())
        .isEqualTo(EventKind.NO_KILL);
  }

  // sd-messages.h: the text may be of any version and language.
  @ParameterizedTest
  @CsvSource({
    "fe6faa94e7774663a0da52717891d8ef,KERNEL",
    "d989611b15e44c9dbf31e3c81256e4ed,SYSTEMD_OOMD",
  })
  void ids_of_the_journals_messages_are_enough(String id, Killer killer) {
    String json =
        "{\"__REALTIME_TIMESTAMP\":\"1786002400000000\",\"MESSAGE_ID\":\"%s\",\"UNIT\":\"shop.service\",\"MESSAGE\":\"anything\"}\n";
    String export =
        "__REALTIME_TIMESTAMP=1786002400000000\nMESSAGE=anything\nMESSAGE_ID=%s\nUSER_UNIT=shop.service\n\n";
    for (String form : new String[] {json, export}) {
      LogEvent event = Logs.only(form.formatted(id));
      assertThat(event.killer()).isEqualTo(killer);
      assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
      assertThat(event.victimCgroup()).isEqualTo("shop.service");
      assertThat(event.at().instant()).hasToString("2026-08-06T07:46:40Z");
      assertThat(Logs.events(form.formatted("39f53479d3a045ac8e11786248231fbf"))).isEmpty();
    }
  }

  @Test
  void facebooks_oomd_writes_to_the_kernels_log() {
    LogEvent event =
        Logs.only(
            "<6>[1813654.1] oomd kill: 81.28 80.05 42.78 job.slice/a.scope 1000000 ruleset:[test]"
                + " detectorgroup:[p] killer:k v2\n");
    assertThat(event.killer()).isEqualTo(Killer.FACEBOOK_OOMD);
    assertThat(event.victimCgroup()).isEqualTo("job.slice/a.scope");
    assertThat(event.pressure().percent()).isEqualTo(81.28);
  }

  @Test
  void kubelets_evict() {
    LogEvent event =
        Logs.only(
            "The node was low on resource: memory. Threshold quantity: 100Mi, available: 87608Ki."
                + " Container api was using 2Gi, request is 1Gi, has larger consumption of memory. "
                + "Container side was using 5000Ki, request is 1Gi, has larger consumption of"
                + " memory. \n");
    assertThat(event.killer()).isEqualTo(Killer.KUBELET);
    assertThat(event.victims()).hasSize(2);
    assertThat(event.victim().rssBytes()).isEqualTo(2L << 30);
  }

  @Test
  void a_nodes_events_tell_of_one_kill_twice() {
    LogEvent event =
        Logs.only(
            """
            Warning  SystemOOM   3m57s  kubelet         System OOM encountered, victim process: stress, pid: 3103
            Warning  OOMKilling  3m56s  kernel-monitor  Out of memory: Killed process 3103 (stress) total-vm:900kB, anon-rss:700kB, file-rss:4kB, shmem-rss:36kB, UID:0 pgtables:28kB oom_score_adj:1000
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.victim().rssBytes()).isEqualTo(740 << 10);
  }

  @Test
  void a_pod_shows_that_it_was_killed() {
    LogEvent event =
        Logs.only(
            """
                Last State:     Terminated
                  Reason:       OOMKilled
                  Exit Code:    137
            """);
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The forked VM terminated without properly saying goodbye. VM crash or System.exit called?"
            + "\\nProcess Exit Code: 137\\nCrashed tests:\\ncom.acme.SlowTest|137",
        "> Process 'Gradle Test Executor 4' finished with non-zero exit value 137|137",
        "##[error]Process completed with exit code 137.|137",
        "ERROR: Job failed: exit code 137|137",
        "script.sh: line 2:   191 Killed                  mvn verify|137",
        "/bin/sh: line 1: 12 Killed|137",
        "The command \"mvn verify\" exited with 137.|137",
        "exec: mvn: signal: killed|137",
        "[ERROR] The forked VM terminated without saying properly goodbye. VM crash or System.exit"
            + " called ?\\n[ERROR] Process Exit Code: 143|143",
        "Gradle build daemon disappeared unexpectedly (it may have been killed or may have crashed)|",
        "Server terminated abruptly (error code: 14, error message: 'Socket closed')|",
        "The runner has received a shutdown signal. This can happen when it is stopped.|",
      })
  void tools_tell_of_deaths_without_a_cause(String lines, Integer status) {
    LogEvent event = Logs.only(lines.replace("\\n", "\n") + "\n");
    assertThat(event.kind()).isEqualTo(EventKind.KILLED);
    assertThat(event.killer()).isEqualTo(Killer.UNKNOWN);
    assertThat(event.exitStatus()).isEqualTo(status);
    assertThat(event.notes()).isNotEmpty();
  }

  @Test
  void classes_in_progress_are_no_more_than_that() {
    assertThat(
            Logs.only(
                    "The forked VM terminated without properly saying goodbye.\nProcess Exit Code:"
                        + " 137\nCrashed tests:\ncom.acme.SlowTest\n")
                .detail())
        .containsExactly("in progress in that fork: com.acme.SlowTest");
  }

  @Test
  void an_exit_in_the_text_of_a_kill_is_its_consequence() {
    List<LogEvent> events =
        Logs.events(
            "[ 5.0] Out of memory: Killed process 30 (java) total-vm:9kB, anon-rss:5kB,"
                + " file-rss:1kB\n"
                + "Process completed with exit code 137.\n");
    assertThat(events).hasSize(1);
    assertThat(events.get(0).exitStatus()).isEqualTo(137);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space|JAVA_OOM",
        "Terminating due to java.lang.OutOfMemoryError: Java heap space|JAVA_OOM",
        "Aborting due to java.lang.OutOfMemoryError: Metaspace|JVM_ABORT",
        "Caused by: java.lang.OutOfMemoryError: Cannot reserve 9 bytes of direct buffer"
            + " memory|JAVA_OOM",
        "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory|JAVA_OOM",
        "# Native memory allocation (mmap) failed to map 159375360 bytes for committing"
            + " reserved memory.|JVM_ABORT",
        "#  fatal error: OutOfMemory encountered: Java heap space|JVM_ABORT",
      })
  void a_jvm_that_ends_itself_was_not_killed(String line, EventKind kind) {
    assertThat(Logs.only(line + "\n").kind()).isEqualTo(kind);
  }

  @Test
  void a_crash_report_names_its_process() {
    LogEvent event =
        Logs.only(
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f7766895000, pid=5111, tid=5112
            #
            # /tmp/hs_err_pid5111.log
            """);
    assertThat(event.kind()).isEqualTo(EventKind.JVM_ABORT);
    assertThat(event.constraint()).isEqualTo("SIGSEGV");
    assertThat(event.victim().pid()).isEqualTo(5111);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel: low swap: killing largest compressed process with pid 29670 (java) and size 900 MB",
        "kernel: memorystatus: killing largest compressed process java [29670] 900 MB",
      })
  void macos_kills_what_is_compressed_most(String line) {
    LogEvent event =
        Logs.only("2026-07-06 16:47:11.978328-1000 0x16b Default 0x0 0 " + line + "\n");
    assertThat(event.killer()).isEqualTo(Killer.MACOS);
    assertThat(event.victim().pid()).isEqualTo(29670);
    assertThat(event.victim().rssBytes()).isEqualTo(900L << 20);
  }

  @Test
  void docker_tells_twice() {
    String line =
        "2019-05-04T18:05:45.0%s-05:00 container oom 29d72966e0be (image=sha256:abb, name=nb)\n";
    LogEvent event = Logs.only(line.formatted("11") + line.formatted("13"));
    assertThat(event.victimCgroup()).isEqualTo("29d72966e0be");
    assertThat(Logs.only("{\"status\":\"oom\",\"id\":\"29d7\",\"Type\":\"container\"}\n").kind())
        .isEqualTo(EventKind.OOM_KILL);
  }
}
