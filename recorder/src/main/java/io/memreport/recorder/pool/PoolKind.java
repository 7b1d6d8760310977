// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

/** How pools of one library are read. */
interface PoolKind {
  /** The kind's name in a recording. */
  String label();

  PoolSettings settings(Mirror pool);

  PoolGauges gauges(Mirror pool);

  /** Whether it was closed for good; may not start it. */
  default boolean isClosed(Mirror pool) {
    return false;
  }

  /** Whether what it hands out belongs to who asked, until it is closed. */
  default boolean lends() {
    return true;
  }

  /** Whether it wraps what it hands out, to get it back when that is closed. */
  default boolean pools() {
    return true;
  }
}
