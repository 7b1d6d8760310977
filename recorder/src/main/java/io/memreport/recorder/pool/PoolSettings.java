// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;

import io.memreport.recorder.event.PoolEvent;

/** How a pool is set up; figures and their special values are those of {@link PoolEvent}. */
record PoolSettings(
    String name,
    long maxSize,
    long minIdle,
    long idleTimeoutMillis,
    long maxLifetimeMillis,
    long leakDetectionMillis,
    long connectionTimeoutMillis,
    long keepaliveMillis,
    InitSql initSql) {

  /** Of what is no pool but opens connections. */
  static PoolSettings unpooled(long maxSize) {
    return new PoolSettings(
        null, maxSize, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, InitSql.NONE);
  }

  /** A time of which 0 and less mean never. */
  static long orNever(long millis) {
    return millis == UNKNOWN ? millis : Math.max(0, millis);
  }

  /** A time of which 0 and less mean for ever. */
  static long orForever(long millis) {
    return millis == UNKNOWN || millis > 0 ? millis : -1;
  }
}
