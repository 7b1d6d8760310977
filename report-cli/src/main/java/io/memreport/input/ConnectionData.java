// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the events say of one connection; gauges are those of the latest event. */
final class ConnectionData {
  final long id;
  String url;
  long test;
  Instant openedAt;
  Instant closedAt;
  Instant stateAt;
  Long held;
  long openStatements;
  final Map<String, String> settings = new TreeMap<>();
  private final Map<String, Instant> settingsAt = new TreeMap<>();

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
}
