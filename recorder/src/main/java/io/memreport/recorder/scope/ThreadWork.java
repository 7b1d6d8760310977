// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.heap.WorkOwner;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.text.HeapClock;
import java.nio.ByteBuffer;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Which test one thread works for. Only that thread touches it. It is small and needs nothing
 * native: each thread of a pool has one while tests run.
 */
final class ThreadWork {
  private static final ThreadLocal<ThreadWork> CURRENT =
      new ThreadLocal<>() {
        @Override
        protected ThreadWork initialValue() {
          return new ThreadWork();
        }
      };

  /**
   * Of a thread that worked for a test, its {@link ThreadWork}; of one that was made by such a
   * thread, the {@link TestScope.Born} that held then; {@link Descended} of one that this makes.
   * Null for others.
   */
  private static final InheritableThreadLocal<Object> BORN_IN =
      new InheritableThreadLocal<>() {
        @Override
        protected Object childValue(Object parent) {
          if (parent instanceof ThreadWork maker) {
            return maker.born();
          }
          return parent instanceof TestScope.Born born ? new Descended(born) : parent;
        }
      };

  /** A server's thread makes others whenever a test asks it: so only whom a test made is its. */
  static final WorkOwner OWNER =
      new WorkOwner() {
        @Override
        public long bornIn() {
          return isOwn() && BORN_IN.get() instanceof TestScope.Born born
              ? idOf(born.test)
              : MemreportEvent.OUTSIDE_TESTS;
        }

        @Override
        public long now() {
          if (!Tests.haveBegun()) {
            return MemreportEvent.OUTSIDE_TESTS;
          }
          ThreadWork work = current();
          TestScope giver = work.giver();
          return giver == null && work.bornIn == null ? MemreportEvent.OUTSIDE_TESTS : idOf(giver);
        }

        private static long idOf(TestScope running) {
          return running == null ? OVER : running.id;
        }
      };

  /** What {@link #push} returns if no task was there before. */
  private static final Object NO_TASK = new Object();

  /** The number of the current run; a thread that sees a change late goes on with what is void. */
  private static int run;

  private final int of = run;

  /** The innermost test that began on this thread. */
  private TestScope test;

  /** Who handed over the task that runs inside {@link #test}, or at the thread's base. */
  private TestScope task;

  /** The test that started this thread; null if the thread is a pool's, which serves all. */
  private TestScope.Born bornIn;

  private boolean heard;

  /** A virtual one is on other threads' records. */
  private final boolean virtual =
      Thread.currentThread().getClass().getName().equals("java.lang.VirtualThread");

  /** Where samples of the Java heap look for the test; null until it is first told. */
  private ByteBuffer record;

  private ThreadWork() {
    if (isOwn()) {
      Object made = BORN_IN.get();
      if (made instanceof Descended descended) {
        bornIn = descended.from;
      } else if (made instanceof TestScope.Born born) {
        bornIn = born;
      }
      if (bornIn != null) {
        tellHeap();
      }
    }
  }

  /** Whether this thread works for whom made it: one of a fork-join pool serves all. */
  private static boolean isOwn() {
    return Tests.haveBegun() && !(Thread.currentThread() instanceof ForkJoinWorkerThread);
  }

  static ThreadWork current() {
    ThreadWork found = CURRENT.get();
    if (found.of != run) {
      CURRENT.remove();
      found = CURRENT.get();
    }
    return found;
  }

  /** A run ends: what is known of threads is void. */
  static void forget() {
    run++;
  }

  /** Keeps no test alive any more. */
  void clear() {
    change(null, null);
  }

  TestScope test() {
    return test;
  }

  /** What work here is known to belong to: the task's test inside the thread's, or null. */
  TestScope own() {
    return task != null ? task : test;
  }

  /** Whom a task belongs to that is handed over here, or null if that is not known for sure. */
  TestScope giver() {
    TestScope own = own();
    return own != null || bornIn == null ? own : bornIn.test;
  }

  /** The test that work on this thread belongs to now, or null. */
  TestScope resolve() {
    TestScope giver = giver();
    return giver != null ? giver : Tests.sole();
  }

  /** By which rule {@link #resolve} found it. */
  Attribution attribution(TestScope resolved) {
    if (resolved == null) {
      return Attribution.NONE;
    }
    if (resolved == task) {
      return Attribution.SUBMITTED;
    }
    if (resolved == test) {
      return Attribution.THREAD;
    }
    return bornIn != null && resolved == bornIn.test ? Attribution.INHERITED : Attribution.SOLE;
  }

  /** A test begins on this thread. */
  void enter(TestScope entered) {
    entered.taskAround = task;
    change(entered, null);
  }

  /** A test is over; false if it did not run here. */
  boolean leave(TestScope left) {
    if (test != left) {
      return false;
    }
    change(left.enclosingOnThread(), left.taskAround());
    return true;
  }

  /** This thread is a pool's: whoever started it, it works for all. */
  void serves() {
    bornIn = null;
  }

  /** A pool's thread begins with a task, or waits for one if that is null. */
  void base(TestScope giver) {
    if (task != giver) {
      change(test, giver);
    }
  }

  /**
   * A task of another test begins inside what runs.
   *
   * @return what {@link #pop} wants back
   */
  Object push(TestScope giver) {
    Object before = task == null ? NO_TASK : task;
    if (test != null) {
      before = new Lent(before, test);
    }
    change(test, giver);
    return before;
  }

  /** It is over. */
  void pop(Object pushed) {
    if (task == null) {
      // Meanwhile all was forgotten: this is another one's token.
      return;
    }
    Object before = pushed;
    if (pushed instanceof Lent lent) {
      lent.end();
      before = lent.before;
    }
    change(test, before instanceof TestScope giver ? giver : null);
  }

  /** Each change of what the thread works for is made here. */
  private void change(TestScope toTest, TestScope toTask) {
    test = toTest;
    task = toTask;
    if (!heard && own() != null) {
      heard = true;
      BORN_IN.set(this);
    }
    tellHeap();
  }

  /** Whose the objects are that this thread allocates from now on. */
  private void tellHeap() {
    if (HeapSampling.isOn() && !virtual) {
      if (record == null) {
        record = NativeHeap.currentThread();
      }
      if (record != null) {
        TestScope giver = giver();
        long id = giver == null ? MemreportEvent.OUTSIDE_TESTS : giver.id;
        // What was handed over stays its giver's, even if that test is over.
        record.putLong(NativeHeap.TEST, task == null ? id : -id);
      }
    }
  }

  /** Of a thread that is started here. */
  private TestScope.Born born() {
    TestScope own = of == run ? own() : null;
    return own == null ? bornIn : own.born;
  }

  /** Of a thread that was made by one that a test made, or deeper. */
  private record Descended(TestScope.Born from) {}

  /** While the thread of a test does another test's work, as one that joins a task may. */
  private static final class Lent {
    final Object before;
    private final TestScope by;
    private final long heapStart;
    private final long othersBefore;

    Lent(Object before, TestScope by) {
      this.before = before;
      this.by = by;
      ThreadScope.current().settle(null, null);
      othersBefore = by.heapOfOthers();
      heapStart = HeapClock.allocated();
    }

    void end() {
      ThreadScope.current().settle(null, null);
      long now = HeapClock.allocated();
      if (heapStart != MemreportEvent.UNKNOWN && now != MemreportEvent.UNKNOWN) {
        by.heapOfOthers(othersBefore + now - heapStart);
      }
    }
  }
}
