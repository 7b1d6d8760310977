// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.log.LogDiagnosis;
import io.memreport.input.log.Logs;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a cgroup that somebody printed: the kernel counts the processes that it killed. */
class CgroupFilesTest {
  private static final String EVENTS =
      "low 0\nhigh 0\nmax 41\noom %d\noom_kill %d\noom_group_kill 0\n";

  @Test
  void the_kernel_counts_its_kills_at_the_limit() {
    LogEvent event = Logs.only(EVENTS.formatted(1, 2));
    assertThat(event.kind()).isEqualTo(EventKind.OOM_KILL);
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.detail()).containsExactly("The kernel counts 2 killed processes.");
    assertThat(event.victims()).isEmpty();
    assertThat(LogDiagnosis.explain(event).headline())
        .isEqualTo("The kernel killed a process, because its cgroup had reached its memory limit.");
  }

  @Test
  void a_kill_without_the_limit_was_for_another() {
    LogEvent event = Logs.only(EVENTS.formatted(0, 1));
    assertThat(event.killer()).isEqualTo(Killer.KERNEL);
    assertThat(event.detail()).containsExactly("The kernel counts one killed process.");
    assertThat(event.notes()).anyMatch(note -> note.contains("Its own limit was not reached"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "low 0\nhigh 1832\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n",
        "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n",
        "oom_kill 0\n",
        "==> /sys/fs/cgroup/a/memory.max <==\n1000\n",
        "pods low 5\nlow 5\nhigh 6\n",
      })
  void a_count_of_none_is_none(String text) {
    assertThat(Logs.events(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "==> /sys/fs/cgroup/system.slice/shop.service/memory.max <==\n536870912\n\n"
            + "==> /sys/fs/cgroup/system.slice/shop.service/memory.peak <==\n536870912\n\n"
            + "==> /sys/fs/cgroup/system.slice/shop.service/memory.events <==\noom 1\noom_kill 1\n\n"
            + "==> /sys/fs/cgroup/system.slice/shop.service/memory.stat <==\nanon 524288000\nfile 8192\nshmem 4096\nkernel 4096\n",
        "$ cat /sys/fs/cgroup/system.slice/shop.service/memory.max\n536870912\n"
            + "$ cat /sys/fs/cgroup/system.slice/shop.service/memory.peak\n536870912\n"
            + "$ cat /sys/fs/cgroup/system.slice/shop.service/memory.events\noom 1\noom_kill 1\n"
            + "$ cat /sys/fs/cgroup/system.slice/shop.service/memory.stat\nanon 524288000\nfile 8192\nshmem 4096\nkernel 4096\n",
        "/sys/fs/cgroup/system.slice/shop.service/memory.max:536870912\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.peak:536870912\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.events:oom 1\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.events:oom_kill 1\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.stat:anon 524288000\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.stat:file 8192\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.stat:shmem 4096\n"
            + "/sys/fs/cgroup/system.slice/shop.service/memory.stat:kernel 4096\n",
        "/sys/fs/cgroup/memory/system.slice/shop.service/memory.limit_in_bytes:536870912\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.max_usage_in_bytes:536870912\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.stat:total_rss 524288000\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.stat:total_cache 8192\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.stat:shmem 4096\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.stat:kernel 4096\n"
            + "/sys/fs/cgroup/memory/system.slice/shop.service/memory.oom_control:oom_kill 1\n",
      })
  void the_names_of_files_tell_whose_they_are(String text) {
    LogEvent event = Logs.only(text);
    assertThat(event.victimCgroup()).isEqualTo("/system.slice/shop.service");
    assertThat(event.limit().limitBytes()).isEqualTo(512 << 20);
    assertThat(event.limit().isHit()).isTrue();
    assertThat(event.memory().anonBytes()).isEqualTo(500 << 20);
    assertThat(event.memory().fileBytes()).isEqualTo(8192);
    assertThat(event.memory().shmemBytes()).isEqualTo(4096);
    assertThat(event.memory().kernelBytes()).isEqualTo(4096);
    assertThat(event.signs()).singleElement().matches(sign -> sign.text().contains("oom_kill 1"));
  }

  @Test
  void no_limit_is_none_and_the_root_has_no_name() {
    for (String none : new String[] {"max", "9223372036854771712"}) {
      LogEvent event =
          Logs.only(
              "/sys/fs/cgroup/memory.max:"
                  + none
                  + "\n/sys/fs/cgroup/memory.current:900\n/sys/fs/cgroup/memory.events:oom_kill 3\n");
      assertThat(event.limits()).isEmpty();
      assertThat(event.victimCgroup()).isNull();
    }
  }

  @Test
  void each_cgroup_has_its_own_count() {
    List<LogEvent> events =
        Logs.events(
            "/sys/fs/cgroup/a/memory.events:oom_kill 3\n/sys/fs/cgroup/b/memory.events:oom_kill 4\n"
                + "x\n".repeat(9)
                + EVENTS.formatted(5, 5));
    assertThat(events).extracting(LogEvent::victimCgroup).containsExactly("/a", "/b", null);
    assertThat(events.get(2).detail()).containsExactly("The kernel counts 5 killed processes.");
  }

  /** The file beside it counts the same kills again, or none if they were below. */
  @Test
  void its_own_count_is_no_second_one() {
    for (int own : new int[] {0, 2}) {
      LogEvent event =
          Logs.only(
              "/sys/fs/cgroup/a/memory.events:oom 1\n/sys/fs/cgroup/a/memory.events:oom_kill 2\n"
                  + "/sys/fs/cgroup/a/memory.events.local:oom "
                  + own
                  + "\n/sys/fs/cgroup/a/memory.events.local:oom_kill "
                  + own
                  + "\n");
      assertThat(event.detail()).containsExactly("The kernel counts 2 killed processes.");
      assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    }
    assertThat(Logs.only("/sys/fs/cgroup/a/memory.events.local:oom_kill 1\n").detail())
        .containsExactly("The kernel counts one killed process.");
  }

  @Test
  void the_count_of_a_machine_is_no_cgroups() {
    LogEvent event = Logs.only("oom_kill 3\npgalloc_dma 1\npgfault 17\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL);
    assertThat(event.notes())
        .containsExactly("That count is of the whole machine since it was started.");
  }

  /** A cgroup's statistics have page faults too. */
  @Test
  void statistics_behind_its_events_are_a_cgroups() {
    LogEvent event = Logs.only(EVENTS.formatted(1, 1) + "anon 7\npgfault 17\n");
    assertThat(event.killer()).isEqualTo(Killer.KERNEL_MEMCG);
    assertThat(event.memory().anonBytes()).isEqualTo(7);
  }
}
