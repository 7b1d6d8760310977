// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.text.Sql;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The totals of one connection. They lie with the connection and not with the threads that use it,
 * so that a thread which ends leaves nothing behind; those of tests that are over go once they are
 * written. To look one up waits for nobody; to add one waits for another that is being added.
 */
final class TotalsTable {
  /** Tables with totals that may have to be written. */
  static final ConcurrentLinkedQueue<TotalsTable> LISTED = new ConcurrentLinkedQueue<>();

  /** After so many more of them the period is not waited for. */
  private static final int MANY = 1024;

  /** Totals that are still taken after so many looks are those of a thread that died meanwhile. */
  private static final int MOST_LOOKS = 20;

  private static final AtomicInteger COMING = new AtomicInteger();
  private static final int SMALLEST = 8;

  private final ConnectionScope connection;
  private final ConcurrentHashMap<OpenTally.Key, OpenTally> open = new ConcurrentHashMap<>(1);
  private final AtomicBoolean listed = new AtomicBoolean();
  private final AtomicBoolean changed = new AtomicBoolean();

  /** Always with room; replaced as a whole. */
  private volatile Totals[] slots = new Totals[SMALLEST];

  private volatile int size;

  /** As of the last time that all of it was looked through, by the one that writes. */
  private int testsOver;

  /** How often totals were to leave and could not. */
  private int looks;

  TotalsTable(ConnectionScope connection) {
    this.connection = connection;
  }

  /** A run ends. */
  static void forget() {
    LISTED.clear();
  }

  /** Finds or adds totals. */
  Totals find(Sql sql, TestScope test, Attribution attribution, int stripe) {
    Totals found = lookUp(sql, test, attribution, stripe);
    if (found == null) {
      found = add(sql, test, attribution, stripe);
      sql.executed();
      list();
    }
    return found;
  }

  private synchronized Totals add(Sql sql, TestScope test, Attribution attribution, int stripe) {
    Totals found = lookUp(sql, test, attribution, stripe);
    if (found != null) {
      return found;
    }
    Totals added = new Totals(sql, connection, test, attribution, stripe);
    if (2 * (size + 1) > slots.length) {
      resize();
    }
    put(slots, added);
    size = size + 1;
    return added;
  }

  private Totals lookUp(Sql sql, TestScope test, Attribution attribution, int stripe) {
    Totals[] now = slots;
    int slot = slotOf(sql, test, now);
    for (Totals each = now[slot]; each != null; each = now[slot]) {
      if (each.isOf(sql, test, attribution, stripe)) {
        return each;
      }
      slot = (slot + 1) & (now.length - 1);
    }
    return null;
  }

  private static int slotOf(Sql sql, TestScope test, Totals[] slots) {
    long mixed = (sql.id + (test == null ? 0 : test.id)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (slots.length - 1);
  }

  private static void put(Totals[] into, Totals added) {
    int slot = slotOf(added.sql, added.test, into);
    while (into[slot] != null) {
      slot = (slot + 1) & (into.length - 1);
    }
    into[slot] = added;
  }

  /** Makes room for twice as many as there are, and leaves out what is gone. */
  private void resize() {
    int live = 0;
    for (Totals each : slots) {
      live += each == null || each.isGone() ? 0 : 1;
    }
    int length = SMALLEST;
    while (length < 4 * live) {
      length *= 2;
    }
    Totals[] next = new Totals[length];
    for (Totals each : slots) {
      if (each != null && !each.isGone()) {
        put(next, each);
      }
    }
    slots = next;
    size = live;
  }

  private synchronized void leaveOutWhatIsGone() {
    resize();
  }

  /** Where open statements of a text in a test are counted. */
  OpenTally open(Sql sql, TestScope test) {
    OpenTally.Key key = new OpenTally.Key(sql, test == null ? 0 : test.id);
    OpenTally found = open.get(key);
    if (found == null || found.isGone()) {
      found =
          open.compute(
              key,
              (same, known) ->
                  known == null || known.isGone() ? new OpenTally(same, test, connection) : known);
      list();
    }
    return found;
  }

  /** Something was added. */
  void changed() {
    changed.lazySet(true);
  }

  private void list() {
    changed.set(true);
    if (!listed.get() && listed.compareAndSet(false, true)) {
      LISTED.add(this);
      if (COMING.incrementAndGet() % MANY == 0) {
        Emission.soon();
      }
    }
  }

  /** Writes what changed in all tables. Only {@link Emission} calls it. */
  static void writeAll() {
    int over = TestScope.overCount();
    for (Iterator<TotalsTable> tables = LISTED.iterator(); tables.hasNext(); ) {
      if (tables.next().write(over)) {
        tables.remove();
      }
    }
  }

  /** True if nothing is left of it. */
  private boolean write(int over) {
    boolean ended = connection.isOver();
    if (!changed.getAndSet(false) && testsOver == over && !ended && looks == 0) {
      return false;
    }
    testsOver = over;
    boolean gone = false;
    boolean taken = false;
    for (Totals totals : slots) {
      if (totals != null && !totals.isGone()) {
        totals.write();
        if (ended || totals.isTestOver()) {
          boolean left = totals.leave();
          if (left) {
            // What was added between the two.
            totals.write();
          }
          gone |= left;
          taken |= !left;
        }
      }
    }
    if (gone) {
      leaveOutWhatIsGone();
    }
    for (OpenTally tally : open.values()) {
      tally.write();
      if (tally.leave(ended)) {
        open.remove(tally.key, tally);
      }
    }
    looks = taken ? looks + 1 : 0;
    return ended && looks > MOST_LOOKS || size == 0 && open.isEmpty() && delist();
  }

  /** A thread that adds something sees that it is not listed, or what it added is seen here. */
  private boolean delist() {
    listed.set(false);
    return size == 0 && open.isEmpty() || !listed.compareAndSet(false, true);
  }
}
