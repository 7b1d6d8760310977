// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import org.jspecify.annotations.Nullable;

/**
 * What SQLite counted while it ran a query, and what bounded it.
 *
 * @param fullScanSteps rows stepped over in full scans; with the others below null where SQLite was
 *     not asked, and counted once a statement was slow or has ended
 * @param autoIndexRows rows put into indexes that SQLite made for one execution
 * @param vmSteps instructions of SQLite's virtual machine
 * @param timeoutSeconds the longest query timeout that was set, 0 for none
 * @param overruns executions that took longer than that
 * @param site the application's code that executed it first, innermost frame first, or null
 */
public record QueryWork(
    @Nullable Long fullScanSteps,
    @Nullable Long sorts,
    @Nullable Long autoIndexRows,
    @Nullable Long vmSteps,
    long timeoutSeconds,
    long overruns,
    @Nullable String site) {
  /** Nothing is known. */
  public static final QueryWork NONE = new QueryWork(null, null, null, null, 0, 0, null);
}
