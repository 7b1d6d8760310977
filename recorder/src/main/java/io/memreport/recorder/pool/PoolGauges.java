// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;

/** How full a pool is now: connections, and threads that wait for one. */
record PoolGauges(long total, long active, long idle, long waiting) {
  static final PoolGauges NONE = new PoolGauges(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

  /** Of a pool that does not tell its total. */
  static PoolGauges of(long active, long idle, long waiting) {
    long total = active == UNKNOWN || idle == UNKNOWN ? UNKNOWN : active + idle;
    return new PoolGauges(total, active, idle, waiting);
  }
}
