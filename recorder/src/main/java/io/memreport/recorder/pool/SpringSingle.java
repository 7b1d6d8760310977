// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

/** Spring's one connection for all: who asks for it shares it, and nobody gives it back. */
final class SpringSingle implements PoolKind {
  static final String POOL = "org.springframework.jdbc.datasource.SingleConnectionDataSource";

  @Override
  public String label() {
    return "spring-single";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    return PoolSettings.unpooled(1);
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    return PoolGauges.NONE;
  }

  @Override
  public boolean lends() {
    return false;
  }
}
