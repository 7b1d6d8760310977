// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.model.shm.SysvShm;
import java.io.IOException;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class MacosTableTest {
  private static final String TABLE =
      """
      IPC status from <running system> as of Sat May  3 09:00:00 CEST 2025
      T     ID     KEY        MODE       OWNER    GROUP  CREATOR   CGROUP NATTCH  SEGSZ  CPID  LPID   ATIME    DTIME    CTIME
      Shared Memory:
      m  65536 0x00000000 --rw-------     dana    staff     dana    staff      0     56   4100   4107  8:10:00  8:20:00  8:10:00
      m 131073 0xdbcf2c4b D-rw-r-----     dana    staff     dana    staff      6 4194304  4200   4207  8:10:00 no-entry  8:10:00
      m 196610 0x0052e2c1 --rw-------     root    wheel     dana    staff      0   4096   4300      0 no-entry no-entry 23:59:59
      """;

  @Test
  void reads_the_columns() throws IOException {
    List<SysvShm> segments = MacosTable.parse(TABLE, "dana", LocalTime.of(9, 0));
    assertThat(segments)
        .containsExactly(
            new SysvShm(
                65536, 0, "600", 56, true, null, "dana", 4100L, 4107L, 0, null, null, null, null,
                2400L, false),
            new SysvShm(
                131073,
                -607179701,
                "640",
                4194304,
                true,
                null,
                "dana",
                4200L,
                4207L,
                6,
                null,
                0L,
                null,
                null,
                3000L,
                true),
            new SysvShm(
                196610, 5432001, "600", 4096, false, null, "root", 4300L, 0L, 0, 0L, 0L, null, null,
                32401L, false));
  }

  @Test
  void a_time_that_may_be_in_the_future_is_unknown() throws IOException {
    assertThat(MacosTable.parse(TABLE, "dana", LocalTime.of(8, 19)).get(0).idleSeconds()).isNull();
  }

  @Test
  void a_name_of_eight_letters_may_be_cut() throws IOException {
    String cut = TABLE.replace("dana", "danadana");
    assertThat(MacosTable.parse(cut, "danadanaship", LocalTime.NOON).get(0).own()).isNull();
    assertThat(MacosTable.parse(cut, "danadana", LocalTime.NOON).get(0).own()).isTrue();
    assertThat(MacosTable.parse(TABLE, "danadana", LocalTime.NOON).get(0).own()).isFalse();
  }

  @Test
  void an_empty_table_is_no_error_and_no_table_is_one() throws IOException {
    assertThat(MacosTable.parse("Shared Memory:\n", "dana", LocalTime.NOON)).isEmpty();
    assertThatThrownBy(() -> MacosTable.parse("ipcs: denied", "dana", LocalTime.NOON))
        .isInstanceOf(IOException.class);
    for (String line :
        new String[] {
          "m",
          "m 1 0x0 -- a b c d 0 1 2 3 1:1:1 1:1:1 1:1:1",
          "m 1 0x0 --rw------- a b c d 0 1 2 3 25:1:1 1:1:1 1:1:1",
          "m 1 0x0 --rw------- a b c d 0 1 2 3 now 1:1:1 1:1:1"
        }) {
      assertThatThrownBy(() -> MacosTable.parse(line, "dana", LocalTime.NOON))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(line);
    }
  }

  @Test
  void reads_limits_as_both_tools_print_them() {
    String ipcs =
        "shminfo:\n\tshmmax: 4194304\t(max shared memory segment size)\n\tshmmni:      32\t(max ids)\n";
    String sysctl = "kern.sysv.shmmax: 4194304\nkern.sysv.shmmni: 32\nkern.sysv.shmall: 1024\n";
    assertThat(MacosTable.limit(ipcs, "shmmni")).isEqualTo(32);
    assertThat(MacosTable.limit(ipcs, "shmmax")).isEqualTo(4194304);
    assertThat(MacosTable.limit(ipcs, "shmall")).isNull();
    assertThat(MacosTable.limit(sysctl, "shmall")).isEqualTo(1024);
  }
}
