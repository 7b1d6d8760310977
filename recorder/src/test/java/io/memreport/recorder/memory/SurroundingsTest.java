// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.memory.CgroupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the kernel as they look on machines that this one is not. */
class SurroundingsTest {
  @TempDir Path mount;

  @Test
  void version_2_tells_parts_and_events() throws IOException {
    Path folder = Files.createDirectories(mount.resolve("job"));
    write(folder, "memory.current", "300000000\n");
    write(folder, "memory.max", "314572800\n");
    write(folder, "memory.peak", "310000000\n");
    write(folder, "memory.swap.current", "4096\n");
    write(
        folder,
        "memory.stat",
        "anon 200000000\nfile 90000000\nkernel 5000000\nshmem 80000000\nfile_mapped 1\n");
    write(folder, "memory.events", "low 0\nhigh 3\nmax 17\noom 2\noom_kill 1\noom_group_kill 0\n");
    CgroupEvent event = new CgroupEvent();
    assertThat(new CgroupMemory(version2()).fill(event)).isTrue();
    assertThat(event.usage).isEqualTo(300_000_000);
    assertThat(event.limit).isEqualTo(314_572_800);
    assertThat(event.anon).isEqualTo(200_000_000);
    assertThat(event.file).isEqualTo(10_000_000);
    assertThat(event.shmem).isEqualTo(80_000_000);
    assertThat(event.kernel).isEqualTo(5_000_000);
    assertThat(event.swap).isEqualTo(4096);
    assertThat(event.peak).isEqualTo(310_000_000);
    assertThat(event.oomKills).isEqualTo(1);
    assertThat(event.limitReached).isEqualTo(17);
    assertThat(event.throttled).isEqualTo(3);
  }

  @Test
  void version_1_tells_them_under_other_names() throws IOException {
    Path folder = Files.createDirectories(mount.resolve("job"));
    write(folder, "memory.usage_in_bytes", "300000000\n");
    write(folder, "memory.limit_in_bytes", "314572800\n");
    write(folder, "memory.max_usage_in_bytes", "310000000\n");
    write(folder, "memory.kmem.usage_in_bytes", "5000000\n");
    write(folder, "memory.failcnt", "17\n");
    write(folder, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
    write(
        folder,
        "memory.stat",
        "cache 1\nrss 2\ntotal_cache 90000000\ntotal_rss 200000000\ntotal_shmem 80000000\n"
            + "total_swap 4096\n");
    Cgroup version1 =
        Cgroup.parse(
            "4:memory:/job\n0::/\n", "1 2 0:3 / " + mount + " rw - cgroup cgroup rw,memory\n");
    CgroupEvent event = new CgroupEvent();
    assertThat(new CgroupMemory(version1).fill(event)).isTrue();
    assertThat(event.anon).isEqualTo(200_000_000);
    assertThat(event.file).isEqualTo(10_000_000);
    assertThat(event.shmem).isEqualTo(80_000_000);
    assertThat(event.kernel).isEqualTo(5_000_000);
    assertThat(event.swap).isEqualTo(4096);
    assertThat(event.oomKills).isEqualTo(1);
    assertThat(event.limitReached).isEqualTo(17);
    assertThat(event.throttled).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void withoutItsFilesNothingIsSaid() throws IOException {
    assertThat(new CgroupMemory(version2()).fill(new CgroupEvent())).isFalse();
  }

  @Test
  void pressureIsInHundredthsOfAPercent() {
    Pressure.Stalls stalls =
        Pressure.Stalls.parse(
            "some avg10=71.20 avg60=12.00 avg300=1.00 total=8123456\n"
                + "full avg10=66.42 avg60=10.00 avg300=0.90 total=7654321\n");
    assertThat(stalls).isEqualTo(new Pressure.Stalls(7120, 6642, 7_654_321));
    assertThat(Pressure.Stalls.parse("").full()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void whatNoFileSetsOfOomdIsItsDefault() {
    OomdSettings settings = new OomdSettings();
    assertThat(settings.limit()).isEqualTo(6000);
    assertThat(settings.seconds()).isEqualTo(30);
    assertThat(settings.apply("[OOM]\n#SwapUsedLimit=90%\nDefaultMemoryPressureDurationSec=20s\n"))
        .isTrue();
    assertThat(settings.apply("[Service]\nManagedOOMMemoryPressureLimit=50%\n")).isTrue();
    assertThat(settings.apply("[OOM]\n# nothing\n")).isFalse();
    assertThat(settings.limit()).isEqualTo(5000);
    assertThat(settings.seconds()).isEqualTo(20);
    assertThat(settings.swap()).isEqualTo(9000);
  }

  private Cgroup version2() {
    return Cgroup.parse("0::/job\n", "1 2 0:3 / " + mount + " rw - cgroup2 cgroup rw\n");
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
