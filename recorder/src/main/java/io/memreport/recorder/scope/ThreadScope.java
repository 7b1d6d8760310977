// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.stack.CallStack;
import io.memreport.recorder.stack.Mishap;
import io.memreport.recorder.text.HeapClock;
import io.memreport.recorder.text.Sql;
import io.memreport.recorder.text.SqlTable;
import io.memreport.recorder.weak.Spares;
import io.memreport.recorder.weak.WeakIdentity;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What runs on one thread. Only that thread touches it. It dies with its thread and is small: what
 * is large is borrowed while a virtual thread is in a hook, or a thread reads an SQL text.
 */
public final class ThreadScope extends WeakIdentity.Key {
  private static final ThreadLocal<ThreadScope> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected ThreadScope initialValue() {
          return new ThreadScope();
        }
      };

  /** Of this run, those of threads that are not virtual. */
  private static final ConcurrentLinkedQueue<WeakReference<ThreadScope>> KNOWN =
      new ConcurrentLinkedQueue<>();

  private static final Spares<Fingerprint> FINGERPRINTS = new Spares<>(Fingerprint::new);
  private static final Spares<NativeCounters> COUNTERS = new Spares<>(NativeCounters::new);

  /** What a virtual thread has outside of hooks. */
  private static final NativeCounters NO_COUNTERS = new NativeCounters();

  /** Stands for work of our own that comes through woven code. */
  private static final Object MUTED = new Object();

  /** With so many calls inside another one, and then with twice as many, it is looked for. */
  private static final int BELIEVED = 64;

  /** The number of the current run; a thread that sees a change late goes on with what is void. */
  private static int run;

  private static int scopes;

  private final int of = run;
  private final int number = scopes++;
  final boolean virtual;
  NativeCounters counters;

  /** What the black box shows of this thread. */
  Display display;

  /** Reading of {@link HeapClock} when the outermost call began. */
  long heapStart;

  /**
   * The outermost woven call on this thread's stack, which is the only one that counts: what is
   * known of its statement, or the statement itself while that is found out; null for none. A call
   * inside it leaves no trace here, so that there is nothing to be undone.
   */
  Object outermost;

  private int inside;

  /** {@link Mishap#count} when the outermost call was last known to be on the stack. */
  private int mishaps;

  /** How many calls that open a connection are on this thread's stack. */
  private int opening;

  private int openingMishaps;

  private final ThreadWork work = ThreadWork.current();

  /** The test that has counted this thread last. */
  private long countedBy;

  private StatementScope lastStatement;

  private ThreadScope() {
    Thread thread = Thread.currentThread();
    virtual = thread.getClass().getName().equals("java.lang.VirtualThread");
    counters = virtual ? NO_COUNTERS : new NativeCounters();
    if (virtual) {
      display = Display.none();
    } else {
      counters.attach();
      display = Display.of(this);
      KNOWN.add(new WeakReference<>(this));
    }
  }

  /** That of the current thread. */
  public static ThreadScope current() {
    ThreadScope found = CURRENT.get();
    if (found.of != run) {
      CURRENT.remove();
      found = CURRENT.get();
    }
    return found;
  }

  /** A run ends: what it knew of threads is void, and its black box may go. */
  static void forget() {
    ThreadWork.forget();
    run++;
    for (WeakReference<ThreadScope> known : KNOWN) {
      ThreadScope scope = known.get();
      if (scope != null) {
        scope.display = Display.none();
        scope.lastStatement = null;
        scope.work.clear();
      }
    }
    KNOWN.clear();
  }

  /** Forgets threads that are gone. */
  static void expunge() {
    KNOWN.removeIf(known -> known.refersTo(null));
  }

  /** Call before work of a woven call is measured. */
  void attach() {
    if (!virtual) {
      if (!counters.attached()) {
        counters.attach();
      }
    } else if (NativeCounters.available()) {
      if (counters == NO_COUNTERS) {
        counters = COUNTERS.take(number);
      }
      counters.attach();
    }
  }

  /** Call before a call that is measured at its end only. */
  void resume() {
    if (virtual && !isInside()) {
      attach();
    }
  }

  /** Call when a hook is over after which the thread may be anywhere: gives back what is lent. */
  void rest() {
    if (virtual && outermost == null) {
      if (counters != NO_COUNTERS) {
        COUNTERS.give(number, counters);
        counters = NO_COUNTERS;
      }
      if (display.isBlank()) {
        display = Display.none();
      }
    }
  }

  /** Whether the hook was called inside a woven call that counts already. */
  boolean isInside() {
    return outermost != null && !isOver();
  }

  private boolean isOver() {
    inside++;
    boolean believed = inside < BELIEVED || (inside & (inside - 1)) != 0;
    if (believed && mishaps == Mishap.count) {
      return false;
    }
    int seen = Mishap.count;
    Object call = outermost;
    StatementScope scope = call instanceof StatementScope known ? known : null;
    Object statement = scope == null ? call : scope.get();
    boolean over =
        call == MUTED
            ? !CallStack.holds(SqliteLibrary.class.getName(), SqliteLibrary.LOAD)
            : statement == null || !CallStack.holds(statement);
    if (over) {
      outermost = null;
      if (scope != null) {
        scope.endUntold();
      }
    }
    mishaps = seen;
    return over;
  }

  /** A call that executes this statement begins and is inside no other. */
  void begins(Object statement) {
    outermost = statement;
    inside = 0;
    mishaps = Mishap.count;
  }

  /**
   * What the thread does from now on through woven code is ours.
   *
   * @return what {@link #unmute} wants back
   */
  Object mute() {
    Object before = outermost;
    outermost = MUTED;
    return before;
  }

  void unmute(Object before) {
    outermost = before;
    counters.skip();
  }

  /** A call that opens a connection begins. */
  void opens() {
    opening++;
    openingMishaps = Mishap.count;
  }

  /** It is over. */
  void opened() {
    opening = Math.max(0, opening - 1);
  }

  /** Whether a connection is being opened. */
  boolean isOpening() {
    int seen = Mishap.count;
    if (opening > 0 && openingMishaps != seen) {
      openingMishaps = seen;
      opening = CallStack.holds("org.sqlite.JDBC", "createConnection") ? 1 : 0;
    }
    return opening > 0;
  }

  /** The innermost test that has begun on this thread; null for none. */
  public TestScope test() {
    return work.test();
  }

  void enter(TestScope entered) {
    work.enter(entered);
    outermost = null;
    opening = 0;
    if (virtual) {
      display = Display.of(this);
    }
    display.test(entered);
  }

  void leave(TestScope left) {
    if (work.leave(left)) {
      display.test(work.test());
    }
  }

  /** The test that work on this thread belongs to now, or null. */
  TestScope resolve() {
    return work.resolve();
  }

  /** Charges what SQLite did on this thread since the last call. */
  void settle(StatementScope statement, ConnectionScope connection) {
    if (!counters.advance()) {
      return;
    }
    if (statement != null) {
      statement.running().charge(counters);
    }
    if (connection != null) {
      connection.charge(counters.net);
    }
    TestScope charged = resolve();
    if (charged != null) {
      charged.charge(counters);
    }
  }

  /**
   * Where work with a text on a connection is counted.
   *
   * @param last where it was before, or null
   */
  Totals totals(Sql sql, ConnectionScope connection, Totals last) {
    TestScope resolved = resolve();
    if (resolved != null && resolved.id != countedBy) {
      countedBy = resolved.id;
      resolved.countThread();
    }
    Attribution attribution = work.attribution(resolved);
    return last != null && last.isOf(sql, resolved, attribution)
        ? last
        : connection.totals.find(sql, resolved, attribution, 0);
  }

  StatementScope statement(Object statement) {
    StatementScope last = lastStatement;
    if (last != null && last.refersTo(statement)) {
      return last;
    }
    WeakIdentity found = find(statement);
    if (found instanceof ResultScope result) {
      return result.statement;
    }
    if (found instanceof StatementScope scope) {
      lastStatement = scope;
      return scope;
    }
    return null;
  }

  SqliteHandle handle(Object database) {
    return find(database) instanceof SqliteHandle handle ? handle : null;
  }

  ConnectionScope connection(Object connection) {
    return find(connection) instanceof ConnectionScope scope ? scope : null;
  }

  /** What the thread took of SQLite's heap so far; unknown for one that has no counters. */
  long nativeAllocated() {
    return virtual ? MemreportEvent.UNKNOWN : counters.allocatedTotal();
  }

  /** Likewise, less what it gave back. */
  long nativeNet() {
    return virtual ? MemreportEvent.UNKNOWN : counters.netTotal();
  }

  /** The SQL text as it is recorded. */
  Sql sql(String text, Dialect dialect) {
    Fingerprint scratch = FINGERPRINTS.take(number);
    Sql found = SqlTable.find(scratch, text, dialect);
    FINGERPRINTS.give(number, scratch);
    return found;
  }

  long heapSinceStart() {
    return HeapClock.since(heapStart);
  }
}
