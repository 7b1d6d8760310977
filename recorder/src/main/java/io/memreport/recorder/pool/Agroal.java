// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.pool.PoolSettings.orForever;
import static io.memreport.recorder.pool.PoolSettings.orNever;

import io.memreport.recorder.scope.InitSql;
import java.util.Arrays;

/**
 * Agroal, by its {@code ConnectionPool}: unlike the metrics of its data source, the pool's own
 * counters need not be switched on.
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
    return PoolGauges.of(
        pool.number("activeCount"), pool.number("availableCount"), pool.number("awaitingCount"));
  }

  @Override
  public Object unwrap(Mirror borrowed) {
    return borrowed.field("wrappedConnection");
  }
}
