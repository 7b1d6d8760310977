// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  @TempDir Path mount;

  @Test
  void lowestLimitUpTheTreeCounts() throws IOException {
    write("pod/memory.max", "1000\n");
    write("pod/app/memory.max", "max\n");
    write("pod/app/memory.current", "777\n");
    Cgroup cgroup = Cgroup.parse("0::/pod/app\n", mount("/", "cgroup2 cgroup2 rw,nsdelegate"));
    assertThat(cgroup.version()).isEqualTo("v2");
    assertThat(cgroup.path()).isEqualTo("/pod/app");
    assertThat(cgroup.usage()).isEqualTo(777);
    assertThat(cgroup.limit()).isEqualTo(1000);
  }

  @Test
  void mountRootIsNotPartOfThePathInsideTheMount() throws IOException {
    write("memory.limit_in_bytes", "2000\n");
    write("memory.usage_in_bytes", "5\n");
    Cgroup cgroup =
        Cgroup.parse(
            "12:cpu,cpuacct:/docker/0a\n9:memory:/docker/0a\n0::/docker/0a\n",
            mount("/docker/0a", "cgroup cgroup rw,memory"));
    assertThat(cgroup.version()).isEqualTo("v1");
    assertThat(cgroup.usage()).isEqualTo(5);
    assertThat(cgroup.limit()).isEqualTo(2000);
  }

  @Test
  void folderBelowTheMountRootIsFound() throws IOException {
    write("inner/memory.limit_in_bytes", "3000\n");
    Cgroup cgroup =
        Cgroup.parse(
            "9:memory:/docker/0a/inner\n", mount("/docker/0a", "cgroup cgroup rw,hugetlb,memory"));
    assertThat(cgroup.limit()).isEqualTo(3000);
    assertThat(cgroup.limitFiles())
        .containsExactly(mount + "/inner/memory.limit_in_bytes", mount + "/memory.limit_in_bytes");
  }

  @Test
  void namespaceOfItsOwnIsSeenAtTheMountPoint() throws IOException {
    write("memory.max", "4000\n");
    assertThat(Cgroup.parse("0::/\n", mount("/", "cgroup2 cgroup rw")).limit()).isEqualTo(4000);
  }

  @Test
  void noLimitIsUnknown() throws IOException {
    write("memory.limit_in_bytes", "9223372036854771712\n");
    Cgroup legacy = Cgroup.parse("9:memory:/\n", mount("/", "cgroup cgroup rw,memory"));
    assertThat(legacy.limit()).isEqualTo(MemreportEvent.UNKNOWN);
    write("memory.max", "max\n");
    Cgroup unified = Cgroup.parse("0::/\n", mount("/", "cgroup2 cgroup2 rw"));
    assertThat(unified.limit()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void withoutMemoryControllerNothingIsKnown() {
    Cgroup cgroup = Cgroup.parse("4:cpu:/a\n", mount("/", "cgroup cgroup rw,cpu"));
    assertThat(cgroup.path()).isNull();
    assertThat(cgroup.usage()).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(cgroup.limit()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  private void write(String file, String content) throws IOException {
    Path path = mount.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  /** Two lines of {@code /proc/self/mountinfo}: one that is not meant and one that is. */
  private String mount(String root, String type) {
    return "22 1 0:20 / /proc rw,nosuid shared:5 - proc proc rw\n"
        + ("30 22 0:27 " + root + " " + mount + " rw,relatime shared:9 master:2 - " + type + "\n");
  }
}
