// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Pool;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.PoolEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolEventsTest {
  @TempDir private Path folder;

  @Test
  void keepsTheLastSettingsTheMostInUseAndTheLastWordOnEachBorrowing() throws IOException {
    Pool pool = read().get(0);

    assertThat(pool.name()).isEqualTo("orders");
    assertThat(pool.maxSize()).isEqualTo(10);
    assertThat(pool.minIdle()).isNull();
    assertThat(pool.idleTimeoutMillis()).isEqualTo(60_000);
    assertThat(pool.maxLifetimeMillis()).isNull();
    assertThat(pool.initSql()).isEqualTo("PRAGMA cache_size = -2000");
    assertThat(pool.initStatements()).isEqualTo(1);
    assertThat(pool.mostActive()).isEqualTo(7);
    assertThat(pool.lastTotal()).isEqualTo(2);
    assertThat(pool.lastIdle()).isEqualTo(1);
    assertThat(pool.mostWaiting()).isNull();
    assertThat(pool.longBorrows()).isEqualTo(302);
    assertThat(pool.borrows()).hasSize(201).extracting(Borrow::pool).containsOnly(pool.id());
    assertThat(pool.borrows())
        .filteredOn(borrow -> borrow.until() == null)
        .extracting(Borrow::thread, Borrow::since)
        .containsExactly(tuple("leaker", Instant.ofEpochMilli(5_000)));
    assertThat(pool.borrows())
        .filteredOn(borrow -> borrow.thread().equals("worker"))
        .singleElement()
        .satisfies(borrow -> assertThat(borrow.connection()).startsWith("c"))
        .extracting(Borrow::until)
        .isEqualTo(Instant.ofEpochMilli(9_000_000));
    assertThat(pool.borrows())
        .as("the longest of the others")
        .filteredOn(borrow -> borrow.thread().equals("many"))
        .extracting(borrow -> borrow.until().toEpochMilli() - borrow.since().toEpochMilli())
        .allMatch(millis -> millis > 1100);
  }

  private List<Pool> read() throws IOException {
    try (RecordedRun run = new RecordedRun()) {
      ConnectionOpenEvent open = new ConnectionOpenEvent();
      open.connectionId = 4;
      open.url = "jdbc:sqlite:orders.db";
      open.commit();
      borrowed(1, 4, "worker", 2_000, 9_000_000);
      borrowed(1, BorrowedEvent.UNKNOWN, "worker", 2_000, BorrowedEvent.UNKNOWN);
      borrowed(2, BorrowedEvent.UNKNOWN, "leaker", 5_000, BorrowedEvent.UNKNOWN);
      borrowed(2, BorrowedEvent.UNKNOWN, "leaker", 5_000, BorrowedEvent.UNKNOWN);
      for (int i = 1; i <= 300; i++) {
        borrowed(2 + i, 4, "many", 10_000, 11_000 + i);
      }
      pool(5, 7, 7);
      pool(10, 2, 1);
      Path file = run.to(folder.resolve("run.jfr"));
      return Recordings.read(List.of(file), bytes -> {}).facts().pools();
    }
  }

  private static void pool(long size, long total, long active) {
    PoolEvent event = new PoolEvent();
    event.poolId = 3;
    event.kind = "hikari";
    event.name = "orders";
    event.maxSize = size;
    event.idleTimeoutMillis = 60_000;
    event.initSql = "PRAGMA cache_size = -2000";
    event.initStatements = 1;
    event.total = total;
    event.active = active;
    event.idle = total - active;
    event.commit();
  }

  private static void borrowed(long id, long connection, String thread, long since, long until) {
    BorrowedEvent event = new BorrowedEvent();
    event.borrowId = id;
    event.poolId = 3;
    event.connectionId = connection;
    event.thread = thread;
    event.sinceMillis = since;
    event.untilMillis = until;
    event.commit();
  }
}
