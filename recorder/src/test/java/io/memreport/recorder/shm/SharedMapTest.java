// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedMapTest {
  @Test
  void kinds_are_told_by_their_names() {
    assertThat(map("00:01 29 /SYSV0021250c (deleted)")).isEqualTo(of("sysv", "29"));
    assertThat(map("00:1a 7 /dev/shm/PostgreSQL.12"))
        .isEqualTo(of("posix", "/dev/shm/PostgreSQL.12"));
    assertThat(map("00:1a 7 /dev/shm/gone (deleted)")).isEqualTo(of("posix", "/dev/shm/gone"));
    assertThat(map("00:01 4711 /dev/zero (deleted)")).isEqualTo(of("anonymous", "4711"));
    assertThat(map("00:01 9 /memfd:buffers (deleted)")).isEqualTo(of("anonymous", "9"));
    assertThat(map("fe:00 3 /data/my shop.db-shm"))
        .isEqualTo(of("wal-index", "/data/my shop.db-shm"));
  }

  @Test
  void the_heap_of_zgc_and_what_is_private_or_a_file_is_none() {
    assertThat(map("00:01 9 /memfd:java_heap (deleted)")).isNull();
    assertThat(map("fe:00 3 /usr/lib/libc.so.6")).isNull();
    assertThat(SharedMap.parse("1000-3000 rw-p 00000000 00:01 4711 /dev/zero (deleted)")).isNull();
    assertThat(SharedMap.parse("1000-3000 rw-s 00000000 00:00 0")).isNull();
    assertThat(SharedMap.parse("")).isNull();
  }

  private static SharedMap map(String rest) {
    return SharedMap.parse("1000-3000 rw-s 00000000 " + rest);
  }

  private static SharedMap of(String kind, String id) {
    return new SharedMap(kind, id, 0x2000);
  }
}
