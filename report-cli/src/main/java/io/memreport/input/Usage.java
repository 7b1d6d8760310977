// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import jdk.jfr.consumer.RecordedEvent;

/** What one SQL text added on one connection in one test, as its total events say. */
final class Usage {
  final long test;
  final long sql;
  final long connection;
  long executions;
  long rows;
  long totalNanos;
  long maxNanos;
  long timeouts;
  long cancelled;
  long errors;
  Long heapAllocated;
  Long nativeAllocated;
  Long nativePeak;
  Long nativeNet;

  Usage(long test, long sql, long connection) {
    this.test = test;
    this.sql = sql;
    this.connection = connection;
  }

  void add(RecordedEvent event) {
    executions += event.getLong("executions");
    rows += event.getLong("rows");
    totalNanos += event.getLong("totalNanos");
    maxNanos = Math.max(maxNanos, event.getLong("maxNanos"));
    timeouts += event.getLong("timeouts");
    cancelled += event.getLong("cancelled");
    errors += event.getLong("errors");
    heapAllocated = Sums.add(heapAllocated, Sums.figure(event, "heapAllocated"));
    nativeAllocated = Sums.add(nativeAllocated, Sums.figure(event, "nativeAllocated"));
    nativePeak = Sums.max(nativePeak, Sums.figure(event, "nativePeak"));
    nativeNet = Sums.add(nativeNet, Sums.figure(event, "nativeNet"));
  }

  void add(Usage other) {
    executions += other.executions;
    rows += other.rows;
    totalNanos += other.totalNanos;
    maxNanos = Math.max(maxNanos, other.maxNanos);
    timeouts += other.timeouts;
    cancelled += other.cancelled;
    errors += other.errors;
    heapAllocated = Sums.add(heapAllocated, other.heapAllocated);
    nativeAllocated = Sums.add(nativeAllocated, other.nativeAllocated);
    nativePeak = Sums.max(nativePeak, other.nativePeak);
    nativeNet = Sums.add(nativeNet, other.nativeNet);
  }
}
