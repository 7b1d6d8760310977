// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.weak.WeakIdentity;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.LongSupplier;

/** Asks for a full collection and tells what survived it. */
public final class FullCollection {
  /** Of so many objects what we know takes about 150 kB. */
  private static final int MANY = 1000;

  /** Less than any one test is told of. */
  private static final long WORTH_ANOTHER = 512 << 10;

  /** A second: some hundred thousand of them. */
  private static final int MOST_LOOKS_AT_FINALIZERS = 500;

  /** One that takes so long may wait for the very thread that looks. */
  private static final int LOOKS_AT_ONE_FINALIZER = 25;

  private static final int MOST_LOOKS = 50;

  /** After so many that show the same, nothing more is to come. */
  private static final int LOOKS_ALIKE = 5;

  private static final long LOOK_NANOS = 2_000_000;

  private static volatile Runnable then;

  private FullCollection() {}

  /** What to do after each, on the thread that asked for it; null for nothing. */
  public static void then(Runnable next) {
    then = next;
  }

  /**
   * Bytes of objects that are left right after a full collection, or {@link MemreportEvent#UNKNOWN}
   * if the JVM did not collect, as under {@code -XX:+DisableExplicitGC}, or does not tell.
   *
   * @param before what was left by the one before, or UNKNOWN
   */
  public static long survivors(long before) {
    if (!collect(before)) {
      return MemreportEvent.UNKNOWN;
    }
    long survivors =
        used() == MemreportEvent.UNKNOWN
            ? MemreportEvent.UNKNOWN
            : RegionPadding.objects(FullCollection::used);
    followUp();
    return survivors;
  }

  /**
   * Collects without a look at how much is left.
   *
   * @param released what goes down as memory outside the heap is given back, which is waited for
   * @return false if the JVM did not collect
   */
  static boolean happens(LongSupplier released) {
    if (!collect(MemreportEvent.UNKNOWN)) {
      return false;
    }
    settle(released);
    followUp();
    return true;
  }

  private static boolean collect(long before) {
    long collections = collections();
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> handedOver = new WeakReference<>(new Object(), queue);
    try {
      System.gc();
    } finally {
      Reference.reachabilityFence(handedOver);
    }
    if (collections() == collections) {
      return false;
    }
    boolean more = forgetsOwn();
    more |= awaitsFinalizers(before, queue);
    if (more) {
      System.gc();
    }
    return true;
  }

  private static long used() {
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        MemoryUsage afterCollection = pool.getCollectionUsage();
        if (afterCollection == null) {
          return MemreportEvent.UNKNOWN;
        }
        used += afterCollection.getUsed();
      }
    }
    return used;
  }

  /**
   * Whether so much is new that it may be garbage with finalizers, which a collection only queues:
   * it lives until they have run, and the next one takes it. They run meanwhile, if they do not
   * take long.
   *
   * @param queue gets a weak reference once all finalizers are queued: HotSpot's collectors put
   *     those before it (share/gc/shared/referenceProcessor.cpp)
   */
  private static boolean awaitsFinalizers(long before, ReferenceQueue<Object> queue) {
    long used = used();
    if (used == MemreportEvent.UNKNOWN
        || before != MemreportEvent.UNKNOWN
            && used - RegionPadding.known() - before < WORTH_ANOTHER) {
      return false;
    }
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    boolean handedOver = false;
    for (int i = 0, same = 0, last = 0; i < MOST_LOOKS_AT_FINALIZERS; i++) {
      handedOver |= queue.poll() != null;
      int now = memory.getObjectPendingFinalizationCount();
      same = handedOver && now == last ? same + 1 : 0;
      last = now;
      if (same >= (now == 0 ? LOOKS_ALIKE : LOOKS_AT_ONE_FINALIZER)) {
        break;
      }
      pause();
    }
    return true;
  }

  private static void followUp() {
    HeapSampling.collected();
    Failure.notedIn("Sampling memory between tests", then);
  }

  /**
   * Whether what we knew of objects that are gone now was so much that the application must not be
   * charged with it.
   */
  private static boolean forgetsOwn() {
    int known = WeakIdentity.known();
    if (known < MANY) {
      return false;
    }
    // The references of one collection reach their queues within moments, in no certain order.
    int last = known;
    for (int i = 0; i < MOST_LOOKS; i++) {
      pause();
      WeakIdentity.expunge();
      int now = WeakIdentity.known();
      if (now == last && i > 0) {
        break;
      }
      last = now;
    }
    return known - last >= MANY;
  }

  /** Waits until what a collection gives back afterwards is given back, but not for long. */
  private static void settle(LongSupplier figure) {
    long last = figure.getAsLong();
    for (int i = 0, same = 0; i < MOST_LOOKS && same < LOOKS_ALIKE; i++) {
      pause();
      long now = figure.getAsLong();
      same = now == last ? same + 1 : 0;
      last = now;
    }
  }

  /** Not by parking or sleeping: both would take a permit or an interrupt from the application. */
  private static void pause() {
    for (long start = System.nanoTime(); System.nanoTime() - start < LOOK_NANOS; ) {
      Thread.onSpinWait();
    }
  }

  /** Of any kind, since the JVM began. */
  static long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      sum += collector.getCollectionCount();
    }
    return sum;
  }
}
