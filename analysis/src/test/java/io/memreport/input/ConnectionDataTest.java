// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.ConnectionStatusEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a connection's caches held while it stood idle: its last status is of second 100. */
class ConnectionDataTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final long CACHE = 200 << 20;

  private final ConnectionData connection = new ConnectionData(1);
  private final ConnectionStatusEvent status = new ConnectionStatusEvent();

  @Test
  void is_known_of_one_that_was_idle_for_ten_seconds_and_closed() {
    assertThat(idleCache(2_000, 108_000)).isEqualTo(CACHE);
    assertThat(idleCache(10_000, 100_000)).isEqualTo(CACHE);
  }

  @Test
  void is_not_of_one_that_was_used_just_before() {
    assertThat(idleCache(2_000, 107_999)).isNull();
    assertThat(idleCache(ConnectionStatusEvent.UNKNOWN, 200_000)).isNull();
  }

  @Test
  void is_not_of_one_that_is_open_or_was_closed_before() {
    assertThat(idleCache(20_000, null)).isNull();
    assertThat(idleCache(20_000, 99_999)).isNull();
  }

  private Long idleCache(long idleMillis, Integer closedAtMillis) {
    status.idleMillis = idleMillis;
    status.cacheUsedShared = CACHE;
    connection.status(status, NOON.plusSeconds(100));
    connection.closedAt = closedAtMillis == null ? null : NOON.plusMillis(closedAtMillis);
    return connection.status().idleCacheBytes();
  }
}
