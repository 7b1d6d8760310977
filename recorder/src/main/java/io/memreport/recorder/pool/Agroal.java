// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.pool.PoolSettings.orForever;
import static io.memreport.recorder.pool.PoolSettings.orNever;

import java.util.Arrays;
import java.util.Collection;

/**
 * Agroal, by its {@code ConnectionPool}. Its counter of active connections works only with metrics
 * switched on, which they are not by default: the states of its connections always tell.
 */
final class Agroal implements PoolKind {
  static final String POOL = "io.agroal.pool.ConnectionPool";

  @Override
  public String label() {
    return "agroal";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    Mirror config = pool.get("getConfiguration");
    return new PoolSettings(
        null,
        config.number("maxSize"),
        config.number("minSize"),
        orNever(config.duration("reapTimeout")),
        orNever(config.duration("maxLifetime")),
        orNever(config.duration("leakTimeout")),
        orForever(config.duration("acquisitionTimeout")),
        orNever(config.duration("validationTimeout")),
        InitSql.of(Arrays.asList(config.get("connectionFactoryConfiguration").text("initialSql"))));
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    if (!(pool.field("allConnections") instanceof Collection<?> connections)) {
      return PoolGauges.NONE;
    }
    long total = 0;
    long active = 0;
    for (Object connection : connections) {
      if (!(new Mirror(connection).field("state") instanceof Enum<?> state)) {
        return PoolGauges.NONE;
      }
      total++;
      active += state.name().equals("CHECKED_OUT") ? 1 : 0;
    }
    return new PoolGauges(total, active, total - active, pool.number("awaitingCount"));
  }
}
