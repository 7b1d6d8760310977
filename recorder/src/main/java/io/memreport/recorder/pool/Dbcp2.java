// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;
import static io.memreport.recorder.pool.PoolSettings.orNever;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Apache Commons DBCP 2, by its {@code BasicDataSource}: getters in milliseconds are in all
 * versions.
 */
final class Dbcp2 implements PoolKind {
  static final String POOL = "org.apache.commons.dbcp2.BasicDataSource";

  @Override
  public String label() {
    return "dbcp2";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    long maxTotal = pool.number("getMaxTotal");
    long wait = pool.number("getMaxWaitMillis");
    long evictor = pool.number("getTimeBetweenEvictionRunsMillis");
    boolean abandons =
        pool.is("getRemoveAbandonedOnBorrow") || pool.is("getRemoveAbandonedOnMaintenance");
    return new PoolSettings(
        pool.text("getJmxName"),
        maxTotal == UNKNOWN ? UNKNOWN : Math.max(-1, maxTotal),
        pool.number("getMinIdle"),
        byEvictor(evictor, idleTimeout(pool)),
        orNever(pool.number("getMaxConnLifetimeMillis")),
        abandons ? pool.seconds("getRemoveAbandonedTimeout") : 0,
        wait == UNKNOWN ? UNKNOWN : Math.max(-1, wait),
        pool.is("getTestWhileIdle") ? orNever(evictor) : 0,
        InitSql.of(initSqls(pool)));
  }

  /** Without its evictor, which is off by default, the pool closes no idle connection. */
  private static long byEvictor(long evictor, long idleTimeout) {
    return evictor == UNKNOWN ? UNKNOWN : evictor > 0 ? idleTimeout : 0;
  }

  /** The hard limit or the soft one, which spares the minimum: whichever comes first. */
  private static long idleTimeout(Mirror pool) {
    long hard = orNever(pool.number("getMinEvictableIdleTimeMillis"));
    long soft = orNever(pool.number("getSoftMinEvictableIdleTimeMillis"));
    return hard > 0 && soft > 0 ? Math.min(hard, soft) : Math.max(hard, soft);
  }

  private static List<String> initSqls(Mirror pool) {
    List<String> texts = new ArrayList<>();
    if (pool.call("getConnectionInitSqls") instanceof Collection<?> sqls) {
      sqls.forEach(sql -> texts.add(sql instanceof String text ? text : null));
    }
    return texts;
  }

  @Override
  public boolean isClosed(Mirror pool) {
    return pool.is("isClosed");
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    return PoolGauges.of(
        pool.number("getNumActive"),
        pool.number("getNumIdle"),
        new Mirror(pool.field("connectionPool")).number("getNumWaiters"));
  }
}
