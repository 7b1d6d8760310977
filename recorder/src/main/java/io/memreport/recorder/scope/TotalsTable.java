// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

/**
 * The totals of one thread in one test. The thread that owns it adds to it; {@link Emission} reads.
 *
 * <p>A full table is retired and replaced, so that a thread which meets ever new connections or SQL
 * texts does not grow without end.
 */
final class TotalsTable {
  private static final int SLOTS = 1024;
  private static final int FULL = SLOTS / 2;

  final TestScope test;
  final Attribution attribution;
  private final Totals[] slots = new Totals[SLOTS];
  private int size;

  /** True once its thread no longer adds to it. */
  volatile boolean retired;

  TotalsTable(TestScope test, Attribution attribution) {
    this.test = test;
    this.attribution = attribution;
  }

  boolean isFull() {
    return size >= FULL;
  }

  Totals find(Sql sql, ConnectionScope connection) {
    int slot = slotOf(sql, connection);
    Totals found = slots[slot];
    while (found != null) {
      if (found.sql == sql && found.connection == connection) {
        return found;
      }
      slot = (slot + 1) & (SLOTS - 1);
      found = slots[slot];
    }
    Totals added = new Totals(sql, connection, test, attribution);
    slots[slot] = added;
    sql.executed();
    size++;
    return added;
  }

  private static int slotOf(Sql sql, ConnectionScope connection) {
    long mixed = (sql.id + connection.id) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (SLOTS - 1);
  }

  /** Writes what changed; true if nothing is left to come. */
  boolean write() {
    boolean drained = retired;
    for (Totals totals : slots) {
      if (totals != null) {
        totals.write();
        drained &= totals.isDrained();
      }
    }
    return drained;
  }
}
