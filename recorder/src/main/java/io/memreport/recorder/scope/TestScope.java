// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.framework.TestDescription;
import io.memreport.recorder.framework.Thrown;
import io.memreport.recorder.heap.Boundaries;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.proc.Departures;
import io.memreport.recorder.text.HeapClock;
import io.memreport.recorder.text.SharedMemoryLines;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One test, or the fixtures of one class, while it runs. Its own figures leave out those of the
 * tests inside it.
 */
public final class TestScope {
  /** Bytes; who left less is accused of nothing. */
  private static final long WORTH_A_LOOK = 64 << 10;

  private static final AtomicLong IDS = new AtomicLong();
  private static final AtomicInteger OVER = new AtomicInteger();

  /** What a thread knows of the test that it was started in: nothing once that is over. */
  static final class Born {
    volatile TestScope test;
  }

  final long id = IDS.incrementAndGet();
  final Born born = new Born();
  final String uniqueId;
  final String engine;

  /** The test or class around this one, on whatever thread; null for none. */
  final TestScope parent;

  /** Begun by the bracket around the engine's node, which ends it too. */
  public final boolean bracketed;

  private final TestScope enclosingOnThread;

  /** Who handed over the task that it began inside, on its thread; null for none. */
  TestScope taskAround;

  private final TestEvent event = new TestEvent();
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicLong nativeAllocated = new AtomicLong();
  private final AtomicLong nativeNet = new AtomicLong();
  private final AtomicLong nativePeak = new AtomicLong();
  private final RetainedHeap retained;

  /** False of a program's own work, which may begin and end all the time. */
  private final boolean isMeasured;

  private long heapStart;

  /** Java heap of tests inside this one on the same thread, and of the recorder itself. */
  private long heapOfOthers;

  private volatile boolean finished;
  private volatile String status;
  private volatile String failure;

  TestScope(
      TestDescription descriptor,
      TestScope parent,
      TestScope onThread,
      RetainedHeap retained,
      boolean bracketed) {
    this.bracketed = bracketed;
    uniqueId = descriptor.uniqueId();
    engine = descriptor.engine();
    this.parent = parent;
    this.enclosingOnThread = onThread;
    this.retained = retained;
    born.test = this;
    TestStartEvent start = new TestStartEvent();
    start.testId = id;
    start.parentId = parent == null ? MemreportEvent.OUTSIDE_TESTS : parent.id;
    start.kind = descriptor.isSpan() ? "span" : descriptor.isTest() ? "test" : "class";
    start.engine = engine;
    start.uniqueId = uniqueId;
    start.className = descriptor.className();
    start.methodName = descriptor.methodName();
    start.displayName = descriptor.displayName();
    isMeasured = !descriptor.isSpan();
    if (isMeasured) {
      Boundaries.fill(start);
    }
    start.commit();
    HeapSampling.testBegins(id);
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.testStarted(start);
    }
    event.begin();
  }

  /** Call last before the test runs, so that its heap is its own. */
  void startHeap(long heapBeforeRecorder) {
    heapStart = HeapClock.allocated();
    leaveToOthers(enclosingOnThread, heapBeforeRecorder, heapStart);
  }

  private static void leaveToOthers(TestScope around, long from, long to) {
    if (around != null && from != MemreportEvent.UNKNOWN && to != MemreportEvent.UNKNOWN) {
      around.heapOfOthers += to - from;
    }
  }

  TestScope enclosingOnThread() {
    TestScope around = enclosingOnThread;
    while (around != null && around.finished) {
      around = around.enclosingOnThread;
    }
    return around;
  }

  /** What {@link #enclosingOnThread()} runs, now that this is over. */
  TestScope taskAround() {
    TestScope last = this;
    for (TestScope around = enclosingOnThread; around != null && around.finished; ) {
      last = around;
      around = around.enclosingOnThread;
    }
    return last.taskAround;
  }

  long heapOfOthers() {
    return heapOfOthers;
  }

  /** Java heap that its thread took so far, but others or the recorder have to answer for. */
  void heapOfOthers(long bytes) {
    heapOfOthers = bytes;
  }

  /** Whether it began on the same thread inside another one. */
  boolean isInside(TestScope outer) {
    TestScope around = enclosingOnThread;
    while (around != null && around != outer) {
      around = around.enclosingOnThread;
    }
    return around != null;
  }

  /** Whether it is over, or the run is. */
  public boolean isFinished() {
    return finished;
  }

  /** Changes with each test that is over. */
  static int overCount() {
    return OVER.get();
  }

  /** It is over, or its run is: threads that it started don't keep it. */
  void forget() {
    finished = true;
    born.test = null;
    HeapSampling.testEnds(id);
    OVER.incrementAndGet();
  }

  /** What its framework says became of it: a status of the event's. */
  public void status(String said) {
    status = said;
  }

  /** Likewise, unless something was said before. */
  public void statusIfNone(String said) {
    if (status == null) {
      status = said;
    }
  }

  /** What it threw: no message, which may hold anything, unless the JVM wrote it. */
  public void failure(Throwable thrown) {
    if (thrown != null && failure == null) {
      SharedMemoryLines.look(thrown, id, 0);
      failure = Thrown.name(thrown);
    }
  }

  RetainedHeap retained() {
    return retained;
  }

  void countThread() {
    threads.incrementAndGet();
  }

  /**
   * Adds what SQLite did on one thread; the peak sums what other threads held when they last told.
   */
  void charge(NativeCounters counters) {
    nativeAllocated.addAndGet(counters.allocated);
    long before = nativeNet.getAndAdd(counters.net);
    nativePeak.accumulateAndGet(before + counters.peak, Math::max);
  }

  /**
   * Writes the event. {@code onOwnThread} is false if another thread says that the test is over.
   */
  void finish(boolean onOwnThread) {
    long heapNow = onOwnThread ? HeapClock.allocated() : MemreportEvent.UNKNOWN;
    Departures.look();
    forget();
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.testEnded(id, status);
    }
    event.end();
    event.testId = id;
    event.status = status;
    event.failure = failure;
    event.threadCount = Math.max(1, threads.get());
    if (heapNow != MemreportEvent.UNKNOWN && heapStart != MemreportEvent.UNKNOWN) {
      event.heapAllocated = Math.max(0, heapNow - heapStart - heapOfOthers);
    }
    if (nativeNet.get() >= WORTH_A_LOOK) {
      NativeAccounting.verify();
    }
    if (!NativeAccounting.isUnknown()) {
      event.nativeAllocated = nativeAllocated.get();
      event.nativePeak = nativePeak.get();
      event.nativeNet = nativeNet.get();
    }
    retained.finish(id, event);
    if (isMeasured) {
      Boundaries.testEnded();
      Boundaries.fill(event);
    }
    event.commit();
    if (enclosingOnThread != null && heapStart != MemreportEvent.UNKNOWN) {
      leaveToOthers(enclosingOnThread, heapStart, onOwnThread ? HeapClock.allocated() : heapStart);
    }
  }
}
