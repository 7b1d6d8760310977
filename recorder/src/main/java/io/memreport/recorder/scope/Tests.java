// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.framework.PlatformDescriptor;
import io.memreport.recorder.framework.TestDescription;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.heap.LastCollection;
import io.memreport.recorder.text.HeapClock;
import io.memreport.recorder.text.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What code woven into the JUnit Platform calls, with its descriptors as plain objects. The outer
 * bracket and the listener's sink both tell of most tests: the unique id says that they mean the
 * same one, as it does when a suite engine tells everything twice.
 */
public final class Tests {
  private static final List<TestScope> ACTIVE = new ArrayList<>();
  private static volatile TestScope sole;
  private static volatile boolean begun;

  /** Ids of engines of the JUnit Platform that were begun: as many as there are engines. */
  private static final Set<String> ENGINES = ConcurrentHashMap.newKeySet();

  private Tests() {}

  /** A run ends: forgets its tests. */
  static void forget() {
    synchronized (ACTIVE) {
      ACTIVE.forEach(TestScope::forget);
      ACTIVE.clear();
      findSole();
      KnownTests.forget();
      RetainedHeap.forget();
      LastCollection.forget();
    }
  }

  /** The run ends: tests that wait for a full collection get theirs, unless others still run. */
  public static void settle() {
    synchronized (ACTIVE) {
      if (ACTIVE.isEmpty()) {
        RetainedHeap.settle();
      }
    }
  }

  /** Whether there was a test in this JVM. */
  public static boolean haveBegun() {
    return begun;
  }

  /**
   * A node of the test tree begins on this thread.
   *
   * @return what {@link #exit} wants back, null if this node is not measured or known already
   */
  public static Object enter(Object descriptor) {
    return begin(descriptor, true);
  }

  /**
   * The node that {@link #enter} began is over, cleaned up and reported.
   *
   * @param thrown what even the engine does not handle, or null
   */
  public static void exit(Object entered, Throwable thrown) {
    if (entered instanceof TestScope test) {
      try {
        if (thrown != null) {
          // An OutOfMemoryError, which JUnit throws on without reporting a result.
          test.statusIfNone("failed");
          test.failure(thrown);
        }
        end(test);
      } catch (Throwable e) {
        Failure.note("The end of a test", e);
      }
    }
  }

  /** An engine reports that a test or container has started. */
  public static void started(Object descriptor) {
    begin(descriptor, false);
  }

  /**
   * An engine reports that a test or container has finished.
   *
   * @param result its {@code TestExecutionResult}
   */
  public static void finished(Object descriptor, Object result) {
    try {
      TestDescription read = PlatformDescriptor.of(descriptor);
      TestScope test = active(read.uniqueId());
      if (test != null) {
        test.status(statusOf(result));
        test.failure(throwableOf(result));
        if (!test.bracketed) {
          end(test);
        }
      } else if (read.isEngine()) {
        engineIsThrough();
      }
    } catch (Throwable e) {
      Failure.note("The result of a test", e);
    }
  }

  /** Shutdown hooks have not run yet: what they clear is what the tests left. */
  private static void engineIsThrough() {
    if (sole == null) {
      settle();
      LastCollection.decide();
    }
  }

  /** An engine reports that a test or container was skipped. */
  public static void skipped(Object descriptor) {
    try {
      TestDescription read = PlatformDescriptor.of(descriptor);
      TestScope test = active(read.uniqueId());
      if (test != null) {
        test.status("skipped");
      } else if (read.isTest()) {
        never(read);
      }
    } catch (Throwable e) {
      Failure.note("A skipped test", e);
    }
  }

  /** A test that is not run. */
  public static void never(TestDescription description) {
    TestScope never = begin(description, HeapClock.allocated(), false);
    if (never != null) {
      never.status("skipped");
      end(never);
    }
  }

  /** Whether the JUnit Platform has begun with an engine: it tells of that engine's tests then. */
  public static boolean isPlatformEngine(String engine) {
    return ENGINES.contains(engine);
  }

  /** Whether this thread runs a test of another engine, of which this one may only tell again. */
  public static boolean isInsideOther(String engine) {
    TestScope test = ThreadScope.current().test();
    return test != null && !engine.equals(test.engine);
  }

  /** The id of the test that work on this thread belongs to now, 0 for none. */
  public static long idOnThisThread() {
    return idOf(ThreadWork.current().resolve());
  }

  /** The id of the one test that runs, 0 if none or several do. */
  public static long idOfSole() {
    return idOf(sole);
  }

  private static long idOf(TestScope test) {
    return test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
  }

  /** The one test that runs, or null if none or several do. */
  static TestScope sole() {
    return sole;
  }

  private static String statusOf(Object result) throws ReflectiveOperationException {
    return switch (result.getClass().getMethod("getStatus").invoke(result).toString()) {
      case "SUCCESSFUL" -> "passed";
      case "ABORTED" -> "aborted";
      default -> "failed";
    };
  }

  private static Throwable throwableOf(Object result) throws ReflectiveOperationException {
    Object thrown = result.getClass().getMethod("getThrowable").invoke(result);
    return thrown instanceof Optional<?> some && some.orElse(null) instanceof Throwable throwable
        ? throwable
        : null;
  }

  private static TestScope begin(Object descriptor, boolean bracketed) {
    try {
      long heapBefore = HeapClock.allocated();
      TestDescription read = PlatformDescriptor.of(descriptor);
      if (read.isEngine()) {
        ENGINES.add(read.engine());
      }
      return begin(read, heapBefore, bracketed);
    } catch (Throwable e) {
      Failure.note("The start of a test", e);
      return null;
    }
  }

  /** A test of another framework begins on this thread; null begins nothing. */
  public static TestScope begin(TestDescription description, boolean bracketed) {
    return description == null ? null : begin(description, HeapClock.allocated(), bracketed);
  }

  private static TestScope begin(TestDescription descriptor, long heapBefore, boolean bracketed) {
    if (!descriptor.isMeasured() || active(descriptor.uniqueId()) != null) {
      return null;
    }
    begun = true;
    if (!descriptor.isSpan() && Watch.current().leaks() != Watch.Leaks.OFF) {
      LastCollection.testBegins();
    }
    Tasks.prepare();
    NativeAccounting.sampleHeap();
    ThreadScope thread = ThreadScope.current();
    thread.attach();
    thread.settle(null, null);
    TestScope test;
    synchronized (ACTIVE) {
      TestScope parent = parentOf(descriptor.uniqueId());
      // A program's own work is not to be stopped for a full collection.
      RetainedHeap retained =
          descriptor.isSpan()
              ? RetainedHeap.none()
              : RetainedHeap.begin(isAlone(parent), parent == null ? null : parent.retained());
      test = new TestScope(descriptor, parent, thread.test(), retained, bracketed);
      ACTIVE.add(test);
      KnownTests.add(test);
      findSole();
    }
    thread.enter(test);
    thread.rest();
    test.startHeap(heapBefore);
    return test;
  }

  /** A test that began on this thread is over, and with it all that began inside. */
  public static void end(TestScope test) {
    ThreadScope thread = ThreadScope.current();
    TestScope inner = thread.test();
    while (inner != null && inner.isInside(test)) {
      // The bracket around it was cut off, or this one could not be over.
      finish(thread, inner);
      inner = thread.test();
    }
    finish(thread, test);
  }

  private static void finish(ThreadScope thread, TestScope test) {
    thread.settle(null, null);
    synchronized (ACTIVE) {
      if (ACTIVE.remove(test)) {
        test.finish(test == thread.test());
        findSole();
      }
    }
    thread.leave(test);
    thread.rest();
  }

  /** The test of this id that has begun and is not over; null for none. */
  public static TestScope active(String uniqueId) {
    synchronized (ACTIVE) {
      for (TestScope test : ACTIVE) {
        if (test.uniqueId.equals(uniqueId)) {
          return test;
        }
      }
      return null;
    }
  }

  private static TestScope parentOf(String uniqueId) {
    for (int slash = uniqueId.lastIndexOf("/["); slash > 0; ) {
      TestScope parent = active(uniqueId.substring(0, slash));
      if (parent != null) {
        return parent;
      }
      slash = uniqueId.lastIndexOf("/[", slash - 1);
    }
    return null;
  }

  /**
   * True if everything that runs encloses what begins; otherwise all of that overlaps from now on.
   */
  private static boolean isAlone(TestScope parent) {
    boolean alone = true;
    for (TestScope test : ACTIVE) {
      if (!encloses(test, parent)) {
        alone = false;
      }
    }
    if (!alone) {
      for (TestScope test : ACTIVE) {
        test.retained().overlap();
      }
    }
    return alone;
  }

  private static boolean encloses(TestScope outer, TestScope inner) {
    for (TestScope scope = inner; scope != null; scope = scope.parent) {
      if (scope == outer) {
        return true;
      }
    }
    return false;
  }

  private static void findSole() {
    Tasks.running(!ACTIVE.isEmpty());
    sole = innermost();
    HeapSampling.sole(idOf(sole));
  }

  /** Of tests that all enclose each other; null if two don't, or none runs. */
  private static TestScope innermost() {
    TestScope innermost = null;
    for (TestScope test : ACTIVE) {
      if (innermost == null || encloses(innermost, test)) {
        innermost = test;
      } else if (!encloses(test, innermost)) {
        return null;
      }
    }
    return innermost;
  }
}
