// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

/** How pools of one library are read. */
interface PoolKind {
  /** The kind's name in a recording. */
  String label();

  PoolSettings settings(Mirror pool);

  PoolGauges gauges(Mirror pool);

  /** The connection inside of one that the pool handed out; null if it does not tell. */
  Object unwrap(Mirror borrowed);

  /** Whether what it hands out belongs to who asked, until it is closed. */
  default boolean lends() {
    return true;
  }

  /** Whether it wraps what it hands out, to get it back when that is closed. */
  default boolean pools() {
    return true;
  }
}
