// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.PoolEvent;
import io.memreport.recorder.scope.JdbcConnections;
import io.memreport.recorder.scope.Recorded;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools by plain objects that have their getters. */
class PoolsTest {
  @AfterEach
  void forget() {
    Pools.stop();
  }

  @Test
  void reads_what_is_there_and_leaves_the_rest_unknown() {
    PoolSettings settings = new Hikari().settings(new Mirror(new OldHikari()));
    assertThat(settings)
        .isEqualTo(
            new PoolSettings(
                null,
                3,
                MemreportEvent.UNKNOWN,
                0,
                MemreportEvent.UNKNOWN,
                MemreportEvent.UNKNOWN,
                -1,
                MemreportEvent.UNKNOWN,
                InitSql.NONE));
    assertThat(new Hikari().gauges(new Mirror(new OldHikari()))).isEqualTo(PoolGauges.NONE);
  }

  @Test
  void says_never_of_idle_timeouts_that_nobody_enforces() {
    assertThat(new Dbcp2().settings(new Mirror(new Dbcp2WithoutEvictor())).idleTimeoutMillis())
        .isZero();
  }

  @Test
  void does_not_start_a_pool_that_was_never_used() {
    Unused unused = new Unused();
    assertThat(new C3p0().gauges(new Mirror(unused))).isEqualTo(PoolGauges.NONE);
    assertThat(unused.started).isFalse();
  }

  @Test
  void does_not_take_up_a_pool_that_was_closed_before() {
    OldHikari pool = new OldHikari();
    PoolScope known = new PoolScope(pool, new Hikari());
    assertThat(known.read()).isTrue();
    pool.poolState = 2;
    assertThat(known.read()).isTrue();
    assertThat(new PoolScope(pool, new Hikari()).read()).isFalse();
  }

  @Test
  void ignores_what_is_no_pool() throws Exception {
    Recorded recorded =
        Recorded.during(
            () -> {
              Pools.adopt("text");
              Pools.borrowed("text", new Object());
              Pools.returned(new Object());
            });
    assertThat(recorded.named(PoolEvent.NAME)).isEmpty();
  }

  @Test
  void forgets_neither_the_longest_duration_nor_what_it_can_not_call() {
    Mirror mirror = new Mirror(new Awkward());
    assertThat(mirror.duration("forever")).isEqualTo(Long.MAX_VALUE);
    assertThat(mirror.number("fails")).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(mirror.number("forever")).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(mirror.get("missing").get("of that").text("too")).isNull();
  }

  @Test
  void writes_a_pool_into_each_chunk_and_when_it_changed() throws Exception {
    Object pool = new OldHikari();
    PoolScope scope = new PoolScope(pool, new Hikari());
    Recorded recorded =
        Recorded.during(
            () -> {
              scope.write(1);
              assertThat(scope.read()).isTrue();
              scope.write(1);
              scope.write(1);
              scope.write(2);
              ((OldHikari) pool).config.size = 4;
              scope.read();
              scope.write(2);
            });
    assertThat(recorded.named(PoolEvent.NAME))
        .extracting(event -> event.getLong("maxSize"))
        .containsExactly(3L, 3L, 4L);
  }

  @Test
  void a_pool_that_is_gone_says_nothing_any_more() throws Exception {
    Object pool = new Lending();
    PoolScope scope = new PoolScope(pool, new Dbcp2());
    Recorded recorded =
        Recorded.during(
            () -> {
              scope.end();
              assertThat(scope.read()).isTrue();
              scope.write(1);
              scope.end();
            });
    assertThat(recorded.named(PoolEvent.NAME))
        .extracting(event -> event.getLong("active"))
        .containsExactly(1L, MemreportEvent.UNKNOWN);
  }

  @Test
  @SuppressWarnings("ReachabilityFenceUsage")
  void does_not_grow_with_the_number_of_connections_that_are_not_pooled() throws Exception {
    Object source = new Object();
    PoolScope scope = new PoolScope(source, new SpringUnpooled());
    Object open = connected();
    Borrows.begin(open, scope);
    for (int i = 0; i < 1000; i++) {
      Object connection = connected();
      Borrows.begin(connection, scope);
      JdbcConnections.closed(connection);
    }
    Borrows.write(1);
    assertThat(Borrows.UNPOOLED.all()).singleElement().matches(borrow -> borrow.refersTo(open));
    Reference.reachabilityFence(source);
  }

  @Test
  @SuppressWarnings("ReachabilityFenceUsage")
  void keeps_nothing_of_a_wrapper_that_it_can_not_open() throws Exception {
    Object source = new Object();
    Object wrapper = new Object();
    Borrows.begin(wrapper, new PoolScope(source, new Hikari()));
    assertThat(Borrows.POOLED.all()).hasSize(1);
    Pools.returned(wrapper);
    assertThat(Borrows.POOLED.all()).isEmpty();
    Pools.returned(wrapper);
    Reference.reachabilityFence(source);
  }

  /** Who let go of it without giving it back took it from the pool for ever. */
  @Test
  @SuppressWarnings("ReachabilityFenceUsage")
  void tells_of_a_connection_that_was_collected_while_it_was_out() throws Exception {
    Object source = new Object();
    PoolScope scope = new PoolScope(source, new Hikari());
    long id = lose(scope);
    for (int i = 0; i < 50 && Borrows.POOLED.all().stream().noneMatch(Lent::isCollected); i++) {
      System.gc();
    }
    Recorded recorded = Recorded.during(() -> Borrows.write(1));
    assertThat(recorded.named(BorrowedEvent.NAME))
        .singleElement()
        .matches(event -> event.getLong("connectionId") == id)
        .matches(event -> event.getLong("untilMillis") == MemreportEvent.UNKNOWN);
    assertThat(Borrows.POOLED.all()).isEmpty();
    Reference.reachabilityFence(source);
  }

  private static long lose(PoolScope scope) throws Exception {
    Object connection = connected();
    Borrows.begin(connection, scope);
    return Borrows.POOLED.all().iterator().next().scope().id();
  }

  private static Object connected() {
    Object connection = new Object();
    JdbcConnections.connected(connection, "jdbc:test:");
    return connection;
  }

  static final class Lending {
    public int getNumActive() {
      return 1;
    }

    public int getNumIdle() {
      return 0;
    }
  }

  /** As versions before 4.0 are: without {@code keepaliveTime}. */
  static final class OldHikari {
    final Config config = new Config();
    int poolState;

    static final class Config {
      int size = 3;

      public int getMaximumPoolSize() {
        return size;
      }

      public long getIdleTimeout() {
        return 0;
      }

      public long getConnectionTimeout() {
        return Integer.MAX_VALUE;
      }
    }
  }

  static final class Dbcp2WithoutEvictor {
    public long getMinEvictableIdleTimeMillis() {
      return 1_800_000;
    }

    public long getTimeBetweenEvictionRunsMillis() {
      return -1;
    }
  }

  static final class Unused {
    Object poolManager;
    boolean started;

    public int getNumConnectionsDefaultUser() {
      started = true;
      return 3;
    }
  }

  static final class Awkward {
    public Duration forever() {
      return Duration.ofSeconds(Long.MAX_VALUE);
    }

    @SuppressWarnings("unused")
    private int fails() {
      throw new IllegalStateException("as expected: " + List.of());
    }
  }
}
