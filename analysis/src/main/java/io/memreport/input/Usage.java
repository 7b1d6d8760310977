// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.model.sql.QueryWork;
import io.memreport.recorder.event.QueryTotalEvent;

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
  Long fullScanSteps;
  Long sorts;
  Long autoIndexRows;
  Long vmSteps;
  long timeoutSeconds;
  long overruns;
  Long heapAllocated;
  Long nativeAllocated;
  Long nativePeak;
  Long nativeNet;

  Usage(long test, long sql, long connection) {
    this.test = test;
    this.sql = sql;
    this.connection = connection;
  }

  void add(QueryTotalEvent event) {
    executions += event.executions;
    rows += event.rows;
    totalNanos += event.totalNanos;
    maxNanos = Math.max(maxNanos, event.maxNanos);
    timeouts += event.timeouts;
    cancelled += event.cancelled;
    errors += event.errors;
    fullScanSteps = Sums.add(fullScanSteps, Sums.known(event.fullScanSteps));
    sorts = Sums.add(sorts, Sums.known(event.sorts));
    autoIndexRows = Sums.add(autoIndexRows, Sums.known(event.autoIndexRows));
    vmSteps = Sums.add(vmSteps, Sums.known(event.vmSteps));
    timeoutSeconds = Math.max(timeoutSeconds, event.timeoutSeconds);
    overruns += event.overruns;
    heapAllocated = Sums.add(heapAllocated, Sums.known(event.heapAllocated));
    nativeAllocated = Sums.add(nativeAllocated, Sums.known(event.nativeAllocated));
    nativePeak = Sums.max(nativePeak, Sums.known(event.nativePeak));
    nativeNet = Sums.add(nativeNet, Sums.known(event.nativeNet));
  }

  /** What of SQLite's memory was counted is not all of it. */
  void forgetNative() {
    nativeAllocated = null;
    nativePeak = null;
    nativeNet = null;
  }

  /** What SQLite counted; nothing where it was not asked, as for other drivers. */
  QueryWork work(String site) {
    boolean asked = vmSteps != null && vmSteps > 0;
    return new QueryWork(
        asked ? fullScanSteps : null,
        asked ? sorts : null,
        asked ? autoIndexRows : null,
        asked ? vmSteps : null,
        timeoutSeconds,
        overruns,
        site);
  }

  void add(Usage other) {
    executions += other.executions;
    rows += other.rows;
    totalNanos += other.totalNanos;
    maxNanos = Math.max(maxNanos, other.maxNanos);
    timeouts += other.timeouts;
    cancelled += other.cancelled;
    errors += other.errors;
    fullScanSteps = Sums.add(fullScanSteps, other.fullScanSteps);
    sorts = Sums.add(sorts, other.sorts);
    autoIndexRows = Sums.add(autoIndexRows, other.autoIndexRows);
    vmSteps = Sums.add(vmSteps, other.vmSteps);
    timeoutSeconds = Math.max(timeoutSeconds, other.timeoutSeconds);
    overruns += other.overruns;
    heapAllocated = Sums.add(heapAllocated, other.heapAllocated);
    nativeAllocated = Sums.add(nativeAllocated, other.nativeAllocated);
    nativePeak = Sums.max(nativePeak, other.nativePeak);
    nativeNet = Sums.add(nativeNet, other.nativeNet);
  }
}
