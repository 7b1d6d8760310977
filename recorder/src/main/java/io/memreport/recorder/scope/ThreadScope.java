// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.sql.Fingerprint;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What runs on one thread. Only that thread touches it. */
final class ThreadScope {
  private static final ThreadLocal<ThreadScope> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected ThreadScope initialValue() {
          return new ThreadScope();
        }
      };

  /** The test that a thread was started in. */
  private static final InheritableThreadLocal<TestScope> BORN_IN = new InheritableThreadLocal<>();

  /** Tables with totals that are still to be written. */
  static final ConcurrentLinkedQueue<TotalsTable> TABLES = new ConcurrentLinkedQueue<>();

  /** All scopes of this run. */
  private static final ConcurrentLinkedQueue<WeakReference<ThreadScope>> KNOWN =
      new ConcurrentLinkedQueue<>();

  /** The number of the current run; a thread that sees a change late goes on with what is void. */
  private static int run;

  private final int of = run;
  final Fingerprint fingerprint = new Fingerprint();
  final NativeCounters counters = new NativeCounters();
  private final WeakIdentity.Key key = new WeakIdentity.Key();
  private final boolean virtual;

  /** The thread itself. */
  final Thread thread;

  /** What the black box shows of this thread. */
  Display display;

  /** How many woven calls are on this thread's stack: only the outermost counts. */
  int depth;

  /** How many calls that open a connection are on this thread's stack. */
  int opening;

  /** Reading of {@link HeapClock} when the outermost call began. */
  long heapStart;

  private TestScope test;
  private StatementScope lastStatement;
  private TotalsTable table;

  private ThreadScope() {
    thread = Thread.currentThread();
    virtual = thread.getClass().getName().equals("java.lang.VirtualThread");
    counters.attach();
    display = Display.of(thread, counters);
    KNOWN.add(new WeakReference<>(this));
  }

  static ThreadScope current() {
    ThreadScope found = CURRENT.get();
    if (found.of != run) {
      CURRENT.remove();
      found = CURRENT.get();
    }
    return found;
  }

  /** A run ends: what it knew of threads is void, and its black box may go. */
  static void forget() {
    run++;
    TABLES.clear();
    for (WeakReference<ThreadScope> known : KNOWN) {
      ThreadScope scope = known.get();
      if (scope != null) {
        scope.display = Display.none();
        scope.table = null;
        scope.lastStatement = null;
        scope.test = null;
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
    if (virtual || !counters.attached()) {
      counters.attach();
    }
  }

  /** Call before a call that is measured at its end only. */
  void resume() {
    if (virtual && depth == 0) {
      counters.attach();
    }
  }

  TestScope test() {
    return test;
  }

  void enter(TestScope entered) {
    test = entered;
    BORN_IN.set(entered);
    depth = 0;
    display.test(entered);
  }

  void leave(TestScope left) {
    if (test == left) {
      test = left.enclosingOnThread();
      BORN_IN.set(test);
      display.test(test);
    }
  }

  private static boolean runs(TestScope scope) {
    return scope != null && !scope.isFinished();
  }

  /** The test that work on this thread belongs to now, or null. */
  TestScope resolve() {
    if (test != null) {
      return test;
    }
    TestScope bornIn = BORN_IN.get();
    return runs(bornIn) ? bornIn : Tests.sole();
  }

  private Attribution attribution(TestScope resolved) {
    if (resolved == null) {
      return Attribution.NONE;
    }
    if (resolved == test) {
      return Attribution.THREAD;
    }
    return resolved == BORN_IN.get() ? Attribution.INHERITED : Attribution.SOLE;
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

  Totals totals(Sql sql, ConnectionScope connection) {
    TestScope resolved = resolve();
    TotalsTable current = table;
    if (current == null || current.test != resolved || current.isFull()) {
      current = replaceTable(resolved);
    }
    return current.find(sql, connection);
  }

  private TotalsTable replaceTable(TestScope resolved) {
    if (table != null) {
      table.retired = true;
    }
    table = new TotalsTable(resolved, attribution(resolved));
    TABLES.add(table);
    if (resolved != null) {
      resolved.countThread();
    }
    return table;
  }

  StatementScope statement(Object statement) {
    StatementScope last = lastStatement;
    if (last != null && last.refersTo(statement)) {
      return last;
    }
    WeakIdentity found = key.find(statement);
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
    return key.find(database) instanceof SqliteHandle handle ? handle : null;
  }

  ConnectionScope connection(Object connection) {
    return key.find(connection) instanceof ConnectionScope scope ? scope : null;
  }

  long heapSinceStart() {
    return HeapClock.since(heapStart);
  }
}
