// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.text.Watch.SqlText;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The SQL texts of this run: at most {@link #LIMIT}, then one entry for all others. */
public final class SqlTable {
  static final int LIMIT = 4096;

  /** What is counted under {@link #LIMIT} and more texts. */
  static final Sql OTHERS = new Sql(1, "(other SQL: more than " + LIMIT + " distinct texts)");

  private static final String NOT_RECORDED = "(not recorded: sql=off)";
  private static final int SLOTS = 4 * LIMIT;
  private static final AtomicReferenceArray<Sql> TABLE = new AtomicReferenceArray<>(SLOTS);
  private static final AtomicInteger SIZE = new AtomicInteger();

  private SqlTable() {}

  /** Writes all texts that are known already into a new black box. */
  public static void show() {
    OTHERS.show();
    for (int slot = 0; slot < SLOTS; slot++) {
      Sql known = TABLE.get(slot);
      if (known != null) {
        known.show();
      }
    }
  }

  /** Finds or adds the text; allocates only for one that is new. */
  public static Sql find(Fingerprint scratch, String sql, Dialect dialect) {
    if (sql == null) {
      return OTHERS;
    }
    SqlText mode = Watch.current().sql();
    if (mode == SqlText.RAW) {
      scratch.copy(sql);
    } else {
      scratch.read(sql, dialect);
    }
    long id = scratch.hash();
    for (int slot = (int) (id & (SLOTS - 1)); ; slot = (slot + 1) & (SLOTS - 1)) {
      Sql found = TABLE.get(slot);
      if (found == null) {
        if (SIZE.get() >= LIMIT) {
          return OTHERS;
        }
        Sql added = new Sql(id, mode == SqlText.OFF ? NOT_RECORDED : scratch.text());
        // Before another thread can find it and run it.
        added.show();
        if (TABLE.compareAndSet(slot, null, added)) {
          SIZE.incrementAndGet();
          return added;
        }
        found = TABLE.get(slot);
      }
      if (found.id == id) {
        return found;
      }
    }
  }
}
