// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the events say of one connection; gauges are those of the latest event. */
final class ConnectionData {
  /** What SQLite can say only once it has read the schema. */
  private static final Set<String> OF_SCHEMA =
      Set.of("auto_vacuum", "cache_size", "journal_mode", "synchronous");

  private static final Duration IDLE = Duration.ofSeconds(10);

  /** The counter of cached bytes has 32 bits. */
  private static final long WRAP = 1L << 32;

  final long id;
  String url;
  String driver;
  String openedBy;
  boolean earlier;
  long test;
  Instant openedAt;
  Instant closedAt;
  Instant stateAt;
  Long held;
  long openStatements;
  private final Map<String, String> settings = new TreeMap<>();
  private final Map<String, Instant> settingsAt = new TreeMap<>();
  private ConnectionStatusEvent status;
  private Instant statusAt;

  ConnectionData(long id) {
    this.id = id;
  }

  void setting(String name, String value, Instant at) {
    Instant before = settingsAt.get(name);
    if (before == null || !at.isBefore(before)) {
      settings.put(name, value);
      settingsAt.put(name, at);
    }
  }

  void status(ConnectionStatusEvent said, Instant at) {
    if (status == null || !at.isBefore(statusAt)) {
      status = said;
      statusAt = at;
    }
  }

  /** Its own settings, and those common to all that were read of it, too. */
  Map<String, String> settings(ConnectionData common) {
    String read = settings.get(ConnectionSettingEvent.READ);
    Map<String, String> all = new TreeMap<>();
    if (read != null && common != null) {
      all.putAll(common.settings);
      if (!read.equals(ConnectionSettingEvent.ALL)) {
        all.keySet().removeAll(OF_SCHEMA);
      }
    }
    all.putAll(settings);
    all.remove(ConnectionSettingEvent.READ);
    return all;
  }

  ConnectionHeap heap() {
    if (status == null || closedAt != null) {
      return ConnectionHeap.held(held);
    }
    Long schema = Sums.known(status.schemaUsed);
    Long statements = Sums.known(status.statementUsed);
    Long cache = unwrapped(Sums.known(status.cacheUsedShared), schema, statements);
    Long parts = Sums.add(Sums.add(cache, schema), statements);
    Long all = held == null ? parts : held;
    return new ConnectionHeap(
        all,
        cache,
        schema,
        statements,
        Sums.known(status.cacheHits),
        Sums.known(status.cacheMisses),
        Sums.known(status.cacheSpills),
        Sums.known(status.cacheWrites),
        held == null || parts == null ? null : Math.max(0, held - parts));
  }

  /** From 4 GiB on SQLite's figure begins anew: malloc's says how often it did. */
  private Long unwrapped(Long cache, Long schema, Long statements) {
    if (cache == null || held == null || held < WRAP) {
      return cache;
    }
    long beside = (schema == null ? 0 : schema) + (statements == null ? 0 : statements);
    return cache + Math.round((double) (held - beside - cache) / WRAP) * WRAP;
  }

  /** Whether it was open before the recording began. */
  boolean isEarlier() {
    return earlier;
  }

  ConnectionStatus status() {
    if (status == null) {
      return new ConnectionStatus(driver, openedBy, null, null, null, null, null, null, null, null);
    }
    return new ConnectionStatus(
        driver,
        openedBy,
        Sums.known(status.beforeAttach),
        Sums.known(status.transaction),
        Sums.known(status.statements),
        Sums.known(status.busyStatements),
        Sums.known(status.idleMillis),
        Sums.known(status.walBytes),
        Sums.known(status.databaseBytes),
        idleCacheBytes());
  }

  /** The last status holds until the connection is used again, as its figures change by that. */
  private Long idleCacheBytes() {
    Long idleMillis = Sums.known(status.idleMillis);
    if (closedAt == null || idleMillis == null || statusAt.isAfter(closedAt)) {
      return null;
    }
    Duration idle = Duration.between(statusAt, closedAt).plusMillis(idleMillis);
    return idle.compareTo(IDLE) < 0 ? null : Sums.known(status.cacheUsedShared);
  }
}
