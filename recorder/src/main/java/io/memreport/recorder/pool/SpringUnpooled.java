// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

/** Spring's data sources that open a connection for each who asks, and hand out just that. */
final class SpringUnpooled implements PoolKind {
  static final String POOL = "org.springframework.jdbc.datasource.AbstractDriverBasedDataSource";

  @Override
  public String label() {
    return "spring-unpooled";
  }

  @Override
  public PoolSettings settings(Mirror pool) {
    return PoolSettings.unpooled(-1);
  }

  @Override
  public PoolGauges gauges(Mirror pool) {
    return PoolGauges.NONE;
  }

  @Override
  public boolean pools() {
    return false;
  }
}
