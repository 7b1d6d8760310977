// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.pool.PoolSettings.orForever;
import static io.memreport.recorder.pool.PoolSettings.orNever;

/** c3p0, by its {@code AbstractPoolBackedDataSource}. Its gauges take the pool's lock. */
final class C3p0 implements PoolKind {
  static final String POOL = "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource";

  @Override
  public String label() {
    return "c3p0";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    Mirror source = pool.get("getConnectionPoolDataSource");
    String name = pool.text("getDataSourceName");
    return new PoolSettings(
        // Without a name its token, which is another one in each run.
        name == null || name.equals(pool.text("getIdentityToken")) ? null : name,
        source.number("getMaxPoolSize"),
        source.number("getMinPoolSize"),
        idleTimeout(source),
        orNever(source.seconds("getMaxConnectionAge")),
        orNever(source.seconds("getUnreturnedConnectionTimeout")),
        orForever(source.number("getCheckoutTimeout")),
        orNever(source.seconds("getIdleConnectionTestPeriod")),
        InitSql.NONE);
  }

  /** For all connections, or for those above the minimum: whichever comes first. */
  private static long idleTimeout(Mirror source) {
    long all = orNever(source.seconds("getMaxIdleTime"));
    long excess = orNever(source.seconds("getMaxIdleTimeExcessConnections"));
    return all > 0 && excess > 0 ? Math.min(all, excess) : Math.max(all, excess);
  }

  @Override
  public boolean isClosed(Mirror pool) {
    return Boolean.TRUE.equals(pool.field("is_closed"));
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    // The getters would start a pool that was never used, or open one again that was reset.
    if (pool.field("poolManager") == null) {
      return PoolGauges.NONE;
    }
    return new PoolGauges(
        pool.number("getNumConnectionsDefaultUser"),
        pool.number("getNumBusyConnectionsDefaultUser"),
        pool.number("getNumIdleConnectionsDefaultUser"),
        pool.number("getNumThreadsAwaitingCheckoutDefaultUser"));
  }
}
