// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.input.log.Logs;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.TaskRow;
import io.memreport.model.log.Victim;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of kernels from 2.6.32 on, in the shapes that vendors and people give them. */
class KernelReportTest {
  private static final long KB = 1024;

  private static final String NEW =
      """
      [  812.100001] worker-3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      [  812.100002] CPU: 3 UID: 1000 PID: 4215 Comm: worker-3 Not tainted 6.8.0-50-generic #51-Ubuntu
      [  812.100003] Call Trace:
      [  812.100004]  dump_stack_lvl+0x76/0xa0
      [  812.100005] memory: usage 524288kB, limit 524288kB, failcnt 311
      [  812.100006] swap: usage 1024kB, limit 2048kB, failcnt 9
      [  812.100007] Memory cgroup stats for /ci/job-7:
      [  812.100008] anon 500000000
      [  812.100009] file 30000000
      [  812.100010] kernel 6000000
      [  812.100011] shmem 20000000
      [  812.100012] Tasks state (memory values in pages):
      [  812.100013] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
      [  812.100014] [   4200]  1000  4200   900000   120000   110000     9000      1000  1500000      256             0 java
      [  812.100015] [   4300]  1000  4300     2000      300      100      200         0    40000        0             0 tail -f 7
      [  812.100016] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/ci,task_memcg=/ci/job-7,task=java,pid=4200,uid=1000
      [  812.100017] Memory cgroup out of memory: Killed process 4200 (java) total-vm:3600000kB, anon-rss:440000kB, file-rss:36000kB, shmem-rss:4000kB, UID:1000 pgtables:1464kB oom_score_adj:0
      [  813.500000] oom_reaper: reaped process 4200 (java), now anon-rss:0kB, file-rss:0kB, shmem-rss:4000kB
      """;

  @Test
  void a_report_of_6_8_has_all_its_parts() {
    LogEvent event = Logs.only(NEW);
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.constraint()).isEqualTo("CONSTRAINT_MEMCG");
    assertThat(event.kernel()).isEqualTo("6.8.0-50-generic");
    assertThat(event.limitCgroup()).isEqualTo("/ci");
    assertThat(event.victimCgroup()).isEqualTo("/ci/job-7");
    assertThat(event.at().uptimeSeconds()).isEqualTo(812.100001);
    assertThat(event.trigger().name()).isEqualTo("worker-3");
    assertThat(event.trigger().tid()).isEqualTo(4215);
    assertThat(event.limit().limitBytes()).isEqualTo(524288 * KB);
    assertThat(event.memory().anonBytes()).isEqualTo(500_000_000);
    assertThat(event.memory().shmemBytes()).isEqualTo(20_000_000);
    assertThat(event.memory().kernelBytes()).isEqualTo(6_000_000);
    Victim victim = event.victim();
    assertThat(victim.rssBytes()).isEqualTo(480_000 * KB);
    assertThat(victim.swapBytes()).isEqualTo(256 * 4096);
    assertThat(victim.uid()).isEqualTo(1000);
    assertThat(event.tasks().count()).isEqualTo(2);
    assertThat(event.tasks().pageSizeAssumed()).isFalse();
    assertThat(event.tasks().largest())
        .extracting(TaskRow::name, TaskRow::anonBytes)
        .containsExactly(tuple("java", 110_000L * 4096), tuple("tail -f 7", 100L * 4096));
  }

  @Test
  void pages_are_as_large_as_the_kill_line_says() {
    LogEvent event =
        Logs.only(
            """
            [ 10.1] [ pid ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
            [ 10.2] [  501]   0   501    16000        0   200000    90000             0 postgres
            [ 10.3] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=postgres,pid=501,uid=0
            [ 10.4] Out of memory: Killed process 501 (postgres) total-vm:1024000kB, anon-rss:0kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:195kB oom_score_adj:0
            """);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_GLOBAL);
    assertThat(event.tasks().pageSizeBytes()).isEqualTo(65536);
    assertThat(event.victim().rssBytes()).isZero();
    assertThat(event.victim().swapBytes()).isEqualTo(90_000L * 65536);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Killed process 7001, UID 500, (java) total-vm:9000kB, anon-rss:700kB, file-rss:8kB"
            + "|7001|java|708|9000|500",
        "Killed process 7002 (palo server), UID 0, total-vm:9000kB, anon-rss:700kB, file-rss:8kB,"
            + " shmem-rss:2kB|7002|palo server|710|9000|0",
        "Killed process 7003 (puma: tp (002)) total-vm:9000kB, anon-rss:700kB, file-rss:8kB,"
            + " shmem-rss:2kB|7003|puma: tp (002)|710|9000|",
        "Killed process 7004 (java) total-vm:9000kB, anon-rss:700kB, file-rss:8kB, shmem-rss:2kB,"
            + " UID:33 pgtables:12kB oom_score_adj:969|7004|java|710|9000|33",
        "Killed process 7005 (java) total-vm:9000kB, anon-...|7005|java||9000|",
        "Killed process 7006 (be>|7006|be>|||",
      })
  void names_and_sizes_of_victims_in_every_order(
      String line, long pid, String name, Long rssKb, Long totalVmKb, Long uid) {
    Victim victim = Logs.only("[ 5.0] Out of memory: " + line + "\n").victim();
    assertThat(victim.pid()).isEqualTo(pid);
    assertThat(victim.name()).isEqualTo(name);
    assertThat(victim.rssBytes()).isEqualTo(rssKb == null ? null : rssKb * KB);
    assertThat(victim.totalVmBytes()).isEqualTo(totalVmKb == null ? null : totalVmKb * KB);
    assertThat(victim.uid()).isEqualTo(uid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[   12.345678] |12.345678|",
        "[   12.345678][ T9185] |12.345678|",
        "<6>[   12.345678] |12.345678|",
        "6,1234,12345678,-;|12.345678|",
        "[Di Aug 12 03:54:03 2025] ||2025-08-12T03:54:03Z",
        "[Чт дек  7 00:05:14 2017] ||2017-12-07T00:05:14Z",
        "[月  1月 26 03:54:03 2026] ||2026-01-26T03:54:03Z",
        "[mar. mars  3 03:54:03 2026] ||2026-03-03T03:54:03Z",
        "Aug 19 00:32:04 web-1 kernel: [   12.345678] |12.345678|2026-08-19T00:32:04Z",
        "Dec 24 00:32:04 web-1 kernel: ||2025-12-24T00:32:04Z",
        "Aug 19 00:32:04 kernel: ||2026-08-19T00:32:04Z",
        "2026-02-08T00:40:07+1000 web-1 kernel: ||2026-02-07T14:40:07Z",
        "2026-02-08T00:40:07.136582+00:00 web-1 kernel: ||2026-02-08T00:40:07.136582Z",
        "kern:    info: [2026-02-08T00:40:07.5Z]: ||2026-02-08T00:40:07.500Z",
        "1770511207.136582 web-1 kernel: ||2026-02-08T00:40:07.136582Z",
      })
  void prefixes_of_all_writers_come_off(String prefix, Double uptime, Instant instant) {
    LogEvent event =
        Logs.only(
            prefix
                + "JIT Compilation invoked oom-killer: gfp_mask=0x100cca, order=0, oom_score_adj=0\n");
    assertThat(event.trigger().name()).isEqualTo("JIT Compilation");
    if (uptime != null) {
      assertThat(event.at().uptimeSeconds()).isEqualTo(uptime);
    }
    if (instant != null) {
      assertThat(event.at().instant()).isEqualTo(instant);
    }
  }

  @Test
  void a_container_is_named_before_its_line() {
    assertThat(
            Logs.only("node-1  | [ 5.0] java invoked oom-killer: gfp_mask=0x100cca, order=0\n")
                .trigger()
                .name())
        .isEqualTo("java");
  }

  @Test
  void the_journal_writes_json_too() {
    LogEvent event =
        Logs.only(
            "{\"__REALTIME_TIMESTAMP\":\"1770511207136582\",\"MESSAGE\":\"Out of memory: Killed"
                + " process 12 (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB, shmem-rss:0kB\"}\n");
    assertThat(event.victim().pid()).isEqualTo(12);
    assertThat(event.at().instant()).isEqualTo(Instant.parse("2026-02-08T00:40:07.136582Z"));
  }

  @Test
  void rsyslog_puts_a_report_into_one_line() {
    LogEvent event =
        Logs.only(
            "Aug 19 00:32:04 db kernel: Task in /a killed as a result of limit of /a#012memory: usage"
                + " 100kB, limit 100kB, failcnt 3#012Killed process 12 (java) total-vm:9kB,"
                + " anon-rss:5kB, file-rss:1kB\n");
    assertThat(event.limit().limitBytes()).isEqualTo(100 * KB);
    assertThat(event.victim().rssBytes()).isEqualTo(6 * KB);
  }

  @Test
  void lines_that_a_terminal_broke_are_whole_again() {
    LogEvent event =
        Logs.only(
            """
            [ 5.0] Memory cgroup out of memory: Killed process 4200 (java) total-vm:3600000kB, ano
            n-rss:440000kB, file-rss:36000kB, shmem-rss:4000kB, UID:1000 pgtables:1464kB oom_scor
            e_adj:0
            """);
    assertThat(event.victim().rssBytes()).isEqualTo(480_000 * KB);
    assertThat(event.victim().oomScoreAdj()).isZero();
  }

  @Test
  void a_limit_of_memory_and_swap_is_told_from_one_of_memory() {
    LogEvent event =
        Logs.only(
            """
            [ 5.0] Task in /docker/a killed as a result of limit of /docker
            [ 5.1] memory: usage 700000kB, limit 1048576kB, failcnt 0
            [ 5.2] memory+swap: usage 1048576kB, limit 1048576kB, failcnt 422
            [ 5.3] kmem: usage 0kB, limit 9007199254740988kB, failcnt 0
            [ 5.4] Memory cgroup stats for /docker: cache:10KB rss:0KB swap:0KB
            [ 5.5] Memory cgroup stats for /docker/a: cache:20KB rss:600000KB swap:348576KB
            [ 5.6] Memory cgroup out of memory: Kill process 99 (java) score 495 or sacrifice child
            [ 5.7] Killed process 98 (sh) total-vm:900kB, anon-rss:60kB, file-rss:4kB
            """);
    assertThat(event.limit().what()).isEqualTo("memory+swap");
    assertThat(event.limitCgroup()).isEqualTo("/docker");
    assertThat(event.victimCgroup()).isEqualTo("/docker/a");
    assertThat(event.memory().anonBytes()).isEqualTo(600_000 * KB);
    assertThat(event.memory().fileBytes()).isEqualTo(30 * KB);
    assertThat(event.victim().name()).isEqualTo("sh");
    assertThat(event.victims()).hasSize(1);
  }

  @Test
  void a_group_dies_in_one_event_and_nobody_twice() {
    LogEvent event =
        Logs.only(
            """
            [ 5.0] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg=/pod,task_memcg=/pod/c,task=java,pid=30,uid=0
            [ 5.1] Memory cgroup out of memory: Killed process 30 (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:1
            [ 5.2] Tasks in /pod/c are going to be killed due to memory.oom.group set
            [ 5.3] Memory cgroup out of memory: Killed process 29 (sh) total-vm:9kB, anon-rss:1kB, file-rss:1kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:1
            [ 5.4] Memory cgroup out of memory: Killed process 30 (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:1
            [ 5.5] Memory cgroup out of memory: OOM victim 31 (java) is already exiting. Skip killing the task
            """);
    assertThat(event.groupKill()).isTrue();
    assertThat(event.victims())
        .extracting(Victim::pid, Victim::collateral)
        .containsExactly(tuple(30L, false), tuple(29L, true));
    assertThat(event.notes()).anyMatch(note -> note.contains("31 (java)"));
  }

  @Test
  void kills_whose_report_was_rate_limited_are_one_event_each() {
    List<LogEvent> events =
        Logs.events(
            """
            [ 5.1] Memory cgroup out of memory: Killed process 30 (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB, shmem-rss:0kB
            [ 5.2] Memory cgroup out of memory: Killed process 31 (java) total-vm:9kB, anon-rss:6kB, file-rss:1kB, shmem-rss:0kB
            [ 5.3] Memory cgroup out of memory: Killed process 32 (java) total-vm:9kB, anon-rss:7kB, file-rss:1kB, shmem-rss:0kB
            """);
    assertThat(events).extracting(event -> event.victim().pid()).containsExactly(30L, 31L, 32L);
  }

  @Test
  void a_kill_in_two_logs_is_one_event() {
    String line =
        "Out of memory: Killed process 30 (java) total-vm:9kB, anon-rss:5kB, file-rss:1kB\n";
    assertThat(Logs.events("Aug 19 00:32:04 db kernel: [ 5.1] " + line, "[ 5.1] " + line))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "sysrq: Manual OOM execution, kworker/0:1",
    "SysRq : Manual OOM execution, kworker/0:1",
  })
  void somebody_asked_for_it(String line, String trigger) {
    LogEvent event =
        Logs.only(
            "[ 5.0] "
                + line
                + "\n[ 5.1] "
                + trigger
                + " invoked oom-killer: gfp_mask=0x0(), order=-1, oom_score_adj=0\n"
                + "[ 5.2] Out of memory: Killed process 3 (x) total-vm:1kB, anon-rss:1kB,"
                + " file-rss:0kB, shmem-rss:0kB\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_SYSRQ);
    assertThat(event.trigger().order()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "CONSTRAINT_CPUSET, KERNEL_CPUSET",
    "CONSTRAINT_MEMORY_POLICY, KERNEL_MEMORY_POLICY",
    "CONSTRAINT_MEMCG, KERNEL_MEMCG",
  })
  void constraints_name_their_killer(String constraint, Killer killer) {
    LogEvent event =
        Logs.only(
            "oom-kill:constraint="
                + constraint
                + ",nodemask=0,cpuset=/,mems_allowed=0,task_memcg=/,task=a,pid=3,uid=0\n"
                + "Out of memory: Killed process 3 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n");
    assertThat(event.killer()).isEqualTo(killer);
  }

  /** The head of a report has no constraint, but who called. */
  @ParameterizedTest
  @CsvSource({
    "mem_cgroup_out_of_memory+0xc2/0xd0, KERNEL_MEMCG",
    "[<ffffffff810db186>] mem_cgroup_oom_synchronize+0x4e8/0x550, KERNEL_MEMCG",
    "? mem_cgroup_oom_synchronize+0x4e8/0x550, KERNEL",
    "out_of_memory+0xc2/0xd0, KERNEL",
  })
  void the_stack_of_a_cut_report_names_a_cgroup(String frame, Killer killer) {
    assertThat(
            Logs.only(
                    "[ 5.1] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
                        + "[ 5.2]  dump_header+0x43/0x1aa\n[ 5.2]  "
                        + frame
                        + "\n")
                .killer())
        .isEqualTo(killer);
  }

  /** 5.0-rc named no constraint, and the cgroup all the same. */
  @Test
  void a_cgroup_counts_more_than_the_words_of_the_constraint() {
    assertThat(
            Logs.only(
                    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,"
                        + "oom_memcg=/t,task_memcg=/t,task=a,pid=3,uid=0\n")
                .killer())
        .isEqualTo(Killer.KERNEL_MEMCG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ 5.0] Out of memory and no killable processes...",
        "[ 5.0] Memory cgroup out of memory: OOM victim 31 (java) is already exiting. Skip killing"
            + " the task",
        "[ 5.0] Huh VM_FAULT_OOM leaked out to the #PF handler. Retrying PF",
        "[ 5.0] java: page allocation failure: order:4, mode:0x40c0",
      })
  void what_kills_nobody_is_no_kill(String line) {
    assertThat(Logs.only(line + "\n").kind()).isEqualTo(EventKind.NO_KILL);
  }

  @Test
  void reports_of_2_6_32_had_other_columns() {
    LogEvent event =
        Logs.only(
            """
            java invoked oom-killer: gfp_mask=0x201da, order=0, oom_adj=0, oom_score_adj=0
            Pid: 23195, comm: java Not tainted 2.6.32-504.el6.x86_64 #1
            [ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name
            [ 1419]     0  1419     2883       94  18     -17         -1000 udevd
            [23195] 40001 23195     9000     4000   2       0             0 java
            Out of memory: Kill process 23195 (java) score 558 or sacrifice child
            Killed process 23195, UID 40001, (java) total-vm:36000kB, anon-rss:15000kB, file-rss:1000kB
            """);
    assertThat(event.kernel()).isEqualTo("2.6.32-504.el6.x86_64");
    assertThat(event.trigger().tid()).isEqualTo(23195);
    assertThat(event.tasks().largest().get(0).rssBytes()).isEqualTo(4000 * 4096);
    assertThat(event.tasks().largest().get(1).oomScoreAdj()).isEqualTo(-1000);
  }

  @Test
  void two_kills_far_apart_are_two_even_if_the_first_has_lost_its_head() {
    List<LogEvent> events =
        Logs.events(
            """
            Aug 19 00:32:04 kernel: [ 9610.3] [19715] 10000 19715   804134    76447     322    47965             0 java
            Aug 19 00:32:04 kernel: [ 9610.4] Memory cgroup out of memory: Kill process 17377 (java) score 495 or sacrifice child
            Aug 19 00:32:04 kernel: [ 9610.5] Killed process 19715 (java) total-vm:3216536kB, anon-rss:299136kB, file-rss:6652kB
            Aug 19 00:32:49 kernel: [ 9654.9] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
            Aug 19 00:32:49 kernel: [ 9655.0] memory+swap: usage 1048576kB, limit 1048576kB, failcnt 422
            """);
    assertThat(events).hasSize(2);
    assertThat(events.get(0).victim().swapBytes()).isEqualTo(47_965L * 4096);
    assertThat(events.get(1).victims()).isEmpty();
    assertThat(events.get(1).notes()).isNotEmpty();
  }
}
