// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.OwnerMark;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServersTest {
  private static final String PID_FILE =
      "5866\n/tmp/data\n1795000000\n6001\n/tmp\nlocalhost\n  2156152        10\nready   \n";

  @Test
  void the_seventh_line_names_the_segment() {
    assertThat(PostgresServers.segmentId(PID_FILE, List.of(5866L))).isEqualTo(10);
    assertThat(PostgresServers.segmentId(PID_FILE, List.of(90001L, 5866L)))
        .as("in a container")
        .isEqualTo(10);
  }

  @Test
  void a_file_of_another_server_or_a_broken_one_names_none() {
    assertThat(PostgresServers.segmentId(PID_FILE, List.of(5867L))).isNull();
    assertThat(PostgresServers.segmentId("5866\n/tmp/data\n", List.of(5866L))).isNull();
    assertThat(PostgresServers.segmentId(PID_FILE.replace("10", "x"), List.of(5866L))).isNull();
    assertThat(PostgresServers.segmentId("\0\n\n\n\n\n\n\n", List.of(5866L))).isNull();
    assertThat(PostgresServers.segmentId(null, List.of(5866L))).isNull();
  }

  @Test
  void finds_the_data_directory_in_the_command_line() {
    assertThat(PostgresServers.dataArgument("postgres\0-p\0001\0-D\0/a b\0")).isEqualTo("/a b");
    assertThat(PostgresServers.dataArgument("postgres\0-D/data\0")).isEqualTo("/data");
    assertThat(PostgresServers.dataArgument("postgres\0-D\0data\0")).as("relative").isNull();
    assertThat(PostgresServers.dataArgument("postgres\0-D")).isNull();
    assertThat(PostgresServers.dataArgument("postgres: writer -D /x ")).isNull();
    assertThat(PostgresServers.dataArgument(null)).isNull();
  }

  @Test
  void reads_the_control_group_of_both_hierarchies() {
    assertThat(PostgresServers.cgroup("0::/user.slice/a:b\n")).isEqualTo("/user.slice/a:b");
    assertThat(
            PostgresServers.cgroup("9:name=systemd:/system.slice/pg.service\n4:memory:/x\n0::/\n"))
        .isEqualTo("/system.slice/pg.service");
    assertThat(PostgresServers.cgroup("0::/\n9:name=systemd:/a\n")).isEqualTo("/a");
    assertThat(PostgresServers.cgroup(null)).isNull();
  }

  @Test
  void finds_the_mark_in_the_environment() {
    assertThat(PostgresServers.mark("A=1\0MEMREPORT_OWNER=12:345\0B=2\0"))
        .isEqualTo(new OwnerMark(12, 345));
    assertThat(PostgresServers.mark("XMEMREPORT_OWNER=12:345\0")).isNull();
    assertThat(PostgresServers.mark(null)).isNull();
  }
}
