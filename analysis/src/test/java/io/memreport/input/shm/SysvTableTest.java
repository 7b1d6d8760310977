// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.model.shm.SysvShm;
import io.memreport.recorder.shm.SysvSegment;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SysvTableTest {
  private static final String HEADER =
      "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid"
          + "      atime      dtime      ctime                   rss                  swap\n";
  private static final Instant NOW = Instant.ofEpochSecond(2_000_000_100L);

  @Test
  void reads_signed_keys_and_flags() throws IOException {
    SysvShm segment =
        object(
            HEADER
                + "-607179701      32771  1600                    56 13306 13311      0   101   104   101   104"
                + " 1999999900 2000000000 1999999800                  4096                     0\n");
    assertThat(segment)
        .isEqualTo(
            new SysvShm(
                32771,
                -607179701,
                "600",
                56,
                true,
                101L,
                "postgres",
                13306L,
                13311L,
                0,
                1999999900L,
                2000000000L,
                1999999800L,
                300L,
                100L,
                true));
  }

  @Test
  void reads_tables_of_older_kernels() throws IOException {
    SysvShm segment = object("0 4 600 18446744073709551615 1 0 0 101 0 5 0 0 0 2000000000\n");
    assertThat(segment.idleSeconds()).isEqualTo(100);
    assertThat(segment.own()).as("made by another").isFalse();
    assertThat(object("0 4 600 1 1 0 0 101 0 101 0 0 0 2000000000 4096\n").own()).isTrue();
  }

  @Test
  void what_is_no_line_of_it_is_an_error() {
    assertThatThrownBy(() -> object("0 4 600 56 1 0 0 101\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0 4 600 56");
    assertThatThrownBy(() -> object("0 four 600 56 1 0 0 101 0 101 0 0 0 0\n"))
        .isInstanceOf(IOException.class);
  }

  private static SysvShm object(String table) throws IOException {
    return SysvTable.object(
        SysvSegment.parse(table).get(0), 101, new Users(Map.of(101L, "postgres")), NOW);
  }
}
