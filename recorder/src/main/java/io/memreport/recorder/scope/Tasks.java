// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.weak.TaskTable;

/**
 * What code woven into the JDK's pools calls: a task belongs to the test that handed it over, on
 * whatever thread it runs. Tasks are not wrapped, and no field is added to them: an application
 * sees its own. Nothing here waits or throws, and while no test runs it is one look at a flag.
 */
public final class Tasks {
  /** 512 KiB: 65536 tasks that wait. */
  private static final int BITS = 16;

  private static final String CARRIER = "jdk.internal.misc.CarrierThread";
  private static final String TIMER = "java.util.TimerThread";

  /** Weaves the JDK's pools; null if that is done, or not wanted. */
  private static volatile Runnable weaving;

  /** Null until pools are woven. */
  private static volatile TaskTable table;

  /** The same while a test runs, else null. */
  private static volatile TaskTable active;

  /** The class of threads that carry virtual ones; null in a JVM that has none. */
  private static Class<?> carrier;

  private Tasks() {}

  /**
   * Says how pools are woven, which is done once the first test begins: a JVM without tests has its
   * pools as they are.
   */
  public static void weaveBy(Runnable how) {
    weaving = how;
  }

  /** A run ends: no pool is woven any more. */
  public static void stop() {
    weaving = null;
    active = null;
    table = null;
  }

  /** A test is about to begin. Of several that begin at once all wait until it is done. */
  static void prepare() {
    if (weaving != null) {
      weave();
    }
  }

  private static synchronized void weave() {
    Runnable wanted = weaving;
    if (wanted == null) {
      return;
    }
    carrier = find(CARRIER);
    TaskTable made = new TaskTable(BITS, KnownTests::isRunning);
    // What is linked at its first call is linked before a pool makes it.
    made.put(1, 1);
    made.put(1, 2);
    end(enter(made, made));
    made.forget(1);
    try {
      wanted.run();
      table = made;
    } finally {
      if (weaving == wanted) {
        weaving = null;
      }
    }
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Whether any test runs now. */
  static void running(boolean any) {
    active = any ? table : null;
  }

  /** A task is handed to a pool or timer. */
  public static void submitted(Object task) {
    TaskTable known = active;
    if (known != null && task != null && !isCarrier()) {
      TestScope giver = ThreadWork.current().giver();
      int hash = System.identityHashCode(task);
      if (giver == null) {
        known.forget(hash);
      } else {
        known.put(hash, TaskTable.key(giver.id));
      }
    }
  }

  /**
   * A task is put into a queue, by the application or by a pool that knows of it already.
   *
   * @param byWorker whether a pool's thread forks it. While but one test runs and that is its own,
   *     as nearly always, nothing is remembered: it is found all the same
   */
  public static void queued(Object task, boolean byWorker) {
    TaskTable known = active;
    if (known != null && task != null && !isCarrier()) {
      TestScope giver = ThreadWork.current().giver();
      if (giver != null && !(byWorker && giver == Tests.sole())) {
        known.put(System.identityHashCode(task), TaskTable.key(giver.id));
      }
    }
  }

  /**
   * A task begins on this thread, maybe inside another one.
   *
   * @return what {@link #end} wants back
   */
  public static Object begin(Object task) {
    TaskTable known = active;
    return known != null && !isCarrier() ? enter(known, task) : null;
  }

  private static Object enter(TaskTable known, Object task) {
    ThreadWork work = ThreadWork.current();
    TestScope now = work.own();
    if (now != null && now == Tests.sole()) {
      return null;
    }
    TestScope giver = giver(known, task);
    return giver == null || giver == now ? null : work.push(giver);
  }

  /** What {@link #begin} began is over. */
  public static void end(Object begun) {
    if (begun != null) {
      ThreadWork.current().pop(begun);
    }
  }

  /** A thread of a pool begins its life with this task, or with none. */
  public static void hired(Object task) {
    ThreadWork.current().serves();
    next(task);
  }

  /** A thread of a pool goes on with this task, until {@link #idle}. */
  public static void next(Object task) {
    TaskTable known = active;
    if (known != null && task != null) {
      ThreadWork.current().base(giver(known, task));
    }
  }

  /** A thread of a pool is done with its task. */
  public static void idle() {
    if (!isCarrier()) {
      ThreadWork.current().base(null);
    }
  }

  /** The thread of a timer goes on with the first task of its queue. */
  public static void fired(Object[] queue) {
    if (isTimer() && queue.length > 1) {
      ThreadWork.current().serves();
      next(queue[1]);
    }
  }

  /** A timer's queue is looked at: by its thread, once a task is done, or by another one. */
  public static void looked() {
    if (isTimer()) {
      ThreadWork.current().base(null);
    }
  }

  private static TestScope giver(TaskTable known, Object task) {
    return KnownTests.find(known.begin(System.identityHashCode(task)));
  }

  /** Nothing is looked up on it: a virtual thread may be half mounted. */
  private static boolean isCarrier() {
    return Thread.currentThread().getClass() == carrier;
  }

  private static boolean isTimer() {
    return Thread.currentThread().getClass().getName().equals(TIMER);
  }
}
