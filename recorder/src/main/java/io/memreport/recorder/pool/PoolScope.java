// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.event.PoolEvent;
import io.memreport.recorder.redact.ConnectionUrl;
import java.util.concurrent.atomic.AtomicLong;

/** One pool of the application. */
final class PoolScope extends WeakTable.Entry {
  private static final AtomicLong IDS = new AtomicLong();

  final long id = IDS.incrementAndGet();
  final PoolKind kind;

  /** Null until it was read. */
  private volatile Reading reading;

  private Reading written;
  private int writtenInChunk;

  /** What the pool said the last time that it was asked. */
  private record Reading(PoolSettings settings, PoolGauges gauges) {}

  PoolScope(Object pool, PoolKind kind) {
    super(pool);
    this.kind = kind;
  }

  /** Asks the pool how it is; false if it is gone, or was closed before anyone asked. */
  boolean read() {
    Object pool = get();
    if (pool == null) {
      return false;
    }
    Mirror mirror = new Mirror(pool);
    if (reading == null && kind.isClosed(mirror)) {
      return false;
    }
    reading = new Reading(kind.settings(mirror), kind.gauges(mirror));
    return true;
  }

  /** Writes that the pool is gone: what it said last is not so any more. */
  void end() {
    Reading last = reading;
    if (last != null) {
      reading = new Reading(last.settings(), PoolGauges.NONE);
      write(writtenInChunk);
    }
  }

  /** Writes the last reading once per chunk, and whenever it is not the one written before. */
  synchronized void write(int chunk) {
    Reading now = reading;
    if (now == null || (chunk == writtenInChunk && now.equals(written))) {
      return;
    }
    writtenInChunk = chunk;
    written = now;
    PoolEvent event = new PoolEvent();
    event.poolId = id;
    event.kind = kind.label();
    PoolSettings settings = now.settings();
    // Some name a pool after its URL.
    event.name = ConnectionUrl.withoutSecrets(settings.name());
    event.maxSize = settings.maxSize();
    event.minIdle = settings.minIdle();
    event.idleTimeoutMillis = settings.idleTimeoutMillis();
    event.maxLifetimeMillis = settings.maxLifetimeMillis();
    event.leakDetectionMillis = settings.leakDetectionMillis();
    event.connectionTimeoutMillis = settings.connectionTimeoutMillis();
    event.keepaliveMillis = settings.keepaliveMillis();
    event.initSql = settings.initSql().text();
    event.initStatements = settings.initSql().statements();
    event.total = now.gauges().total();
    event.active = now.gauges().active();
    event.idle = now.gauges().idle();
    event.waiting = now.gauges().waiting();
    event.commit();
  }
}
