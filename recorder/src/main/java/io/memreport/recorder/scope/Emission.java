// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.loop.Periodic;
import io.memreport.recorder.text.SharedMemoryLines;
import io.memreport.recorder.text.SqlTable;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.weak.WeakIdentity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Writes totals once a second and at the end of each chunk: what a killed JVM loses of them is at
 * most what happened since.
 */
public final class Emission {
  private static final long PERIOD_MILLIS = 1000;

  /** An end that takes longer is not waited for. */
  private static final long END_MILLIS = 5000;

  /** JFR holds its own locks while it waits for the end of a chunk: longer it must not. */
  private static final long FLUSH_MILLIS = 500;

  /** Held while totals are written; see docs/locks.md. */
  private static final ReentrantLock WRITING = new ReentrantLock();

  private static final AtomicInteger CHUNK = new AtomicInteger(1);

  private static volatile Periodic writer;
  private static volatile Periodic settings;

  /** What else is written whenever totals are. */
  private static final List<IntConsumer> ALSO = new CopyOnWriteArrayList<>();

  private Emission() {}

  /**
   * A run begins.
   *
   * @param watch what it measures from now on
   */
  public static synchronized void start(Watch watch) {
    watch.start();
    SqlTable.show();
    if (writer == null) {
      Periodic started =
          new Periodic(
              "memreport-totals",
              PERIOD_MILLIS,
              Emission::write,
              e -> Failure.note("Writing totals", e));
      started.start();
      writer = started;
      settings = SettingsReader.start();
    }
  }

  /** There is so much to be written that the next period would be late; takes no lock. */
  static void soon() {
    Periodic now = writer;
    if (now != null) {
      now.soon();
    }
  }

  /** Settings are wanted before the next period; takes no lock. */
  static void settingsSoon() {
    Periodic now = settings;
    if (now != null) {
      now.soon();
    }
  }

  /** Ends the thread that writes. */
  public static void stop() throws InterruptedException {
    Periodic ending;
    Periodic reader;
    synchronized (Emission.class) {
      ending = writer;
      reader = settings;
      writer = null;
      settings = null;
    }
    if (ending != null) {
      reader.stop();
      ending.stop();
      ending.join(END_MILLIS);
      reader.join(END_MILLIS);
    }
  }

  /** Forgets all that was counted, once the last of it is written. */
  public static synchronized void forget() {
    ThreadScope.forget();
    TotalsTable.forget();
    ConnectionScope.forget();
    Tests.forget();
    WeakIdentity.forgetAll();
    JdbcConnections.forget();
    SharedMemoryLines.forget();
  }

  /**
   * Has a writer called whenever totals are written.
   *
   * @param writer takes the number of the chunk that is being written; must not throw, and must not
   *     wait for anything: JFR may hold its locks
   */
  public static void also(IntConsumer writer) {
    ALSO.add(writer);
  }

  /** A new chunk begins: texts are written again when they are next used. */
  public static void chunkBegan() {
    CHUNK.incrementAndGet();
  }

  /** The number of the current chunk of the recording. */
  static int chunk() {
    return CHUNK.get();
  }

  /**
   * Writes all that was counted and not written yet, before a chunk ends. JFR calls it with its own
   * locks held: where somebody writes already, and does not end, the chunk goes without.
   */
  public static void flush() {
    try {
      if (!WRITING.tryLock(FLUSH_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      writeAll(true);
    } finally {
      WRITING.unlock();
    }
  }

  private static void write() {
    WRITING.lock();
    try {
      writeAll(false);
    } finally {
      WRITING.unlock();
    }
  }

  private static void writeAll(boolean chunkEnds) {
    WeakIdentity.expunge();
    ThreadScope.expunge();
    TotalsTable.writeAll();
    ConnectionScope.OPEN.removeIf(
        connection -> connection.write(chunkEnds) || connection.refersTo(null));
    for (IntConsumer writer : ALSO) {
      writer.accept(chunk());
    }
    if (chunkEnds) {
      HeapSampling.writeNow();
    } else {
      if (HeapSampling.isDue()) {
        NativeAccounting.sampleHeap();
      }
      HeapSampling.write();
    }
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.sweep();
    }
  }
}
