// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import org.junit.jupiter.api.Test;

class CgroupTest {
  private static final String UNIFIED_MOUNT =
      "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String MEMORY_MOUNT =
      "36 32 0:31 %s /sys/fs/cgroup/memory rw shared:15 - cgroup cgroup rw,memory\n";

  @Test
  void asks_each_level_up_to_the_mount_of_version_2() {
    Cgroup cgroup = Cgroup.parse("0::/user.slice/ci.service\n", UNIFIED_MOUNT);
    assertThat(cgroup.version()).isEqualTo("v2");
    assertThat(cgroup.path()).isEqualTo("/user.slice/ci.service");
    assertThat(cgroup.limitFiles())
        .containsExactly(
            "/sys/fs/cgroup/user.slice/ci.service/memory.max",
            "/sys/fs/cgroup/user.slice/memory.max",
            "/sys/fs/cgroup/memory.max");
  }

  @Test
  void finds_the_memory_controller_of_version_1() {
    Cgroup cgroup =
        Cgroup.parse("9:cpu,cpuacct:/a\n4:memory:/jobs/7\n0::/x\n", MEMORY_MOUNT.formatted("/"));
    assertThat(cgroup.version()).isEqualTo("v1");
    assertThat(cgroup.limitFiles())
        .containsExactly(
            "/sys/fs/cgroup/memory/jobs/7/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/jobs/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes");
  }

  @Test
  void strips_the_root_that_a_container_sees_as_its_mount() {
    Cgroup cgroup = Cgroup.parse("4:memory:/docker/abc\n", MEMORY_MOUNT.formatted("/docker/abc"));
    assertThat(cgroup.limitFiles()).containsExactly("/sys/fs/cgroup/memory/memory.limit_in_bytes");
  }

  @Test
  void knows_the_root_of_a_namespace() {
    assertThat(Cgroup.parse("0::/\n", UNIFIED_MOUNT).limitFiles())
        .containsExactly("/sys/fs/cgroup/memory.max");
  }

  @Test
  void tells_nothing_where_there_is_no_cgroup() {
    Cgroup cgroup = Cgroup.parse("", "");
    assertThat(cgroup.limit()).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(cgroup.usage()).isEqualTo(MemreportEvent.UNKNOWN);
  }
}
