// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.pool.PoolSettings.orForever;
import static io.memreport.recorder.pool.PoolSettings.orNever;

import java.util.Arrays;

/** HikariCP, by its {@code HikariPool}. Its gauges take no lock. */
final class Hikari implements PoolKind {
  static final String POOL = "com.zaxxer.hikari.pool.HikariPool";

  /** {@code HikariPool.POOL_SHUTDOWN}. */
  private static final int SHUTDOWN = 2;

  @Override
  public String label() {
    return "hikari";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    Mirror config = new Mirror(pool.field("config"));
    long timeout = config.number("getConnectionTimeout");
    return new PoolSettings(
        config.text("getPoolName"),
        config.number("getMaximumPoolSize"),
        config.number("getMinimumIdle"),
        orNever(config.number("getIdleTimeout")),
        orNever(config.number("getMaxLifetime")),
        orNever(config.number("getLeakDetectionThreshold")),
        // setConnectionTimeout turns 0 into this.
        orForever(timeout == Integer.MAX_VALUE ? 0 : timeout),
        orNever(config.number("getKeepaliveTime")),
        InitSql.of(Arrays.asList(config.text("getConnectionInitSql"))));
  }

  @Override
  public boolean isClosed(Mirror pool) {
    return Integer.valueOf(SHUTDOWN).equals(pool.field("poolState"));
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    return new PoolGauges(
        pool.number("getTotalConnections"),
        pool.number("getActiveConnections"),
        pool.number("getIdleConnections"),
        pool.number("getThreadsAwaitingConnection"));
  }
}
