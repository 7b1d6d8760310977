// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/**
 * Writes totals once a second and at the end of each chunk: what a killed JVM loses of them is at
 * most what happened since.
 */
public final class Emission {
  private static final long PERIOD_MILLIS = 1000;

  private static Thread thread;
  private static volatile int chunk = 1;

  /** What else is written whenever totals are. */
  private static final List<IntConsumer> ALSO = new CopyOnWriteArrayList<>();

  private Emission() {}

  static synchronized void start() {
    if (thread == null) {
      thread = new Thread(null, Emission::run, "memreport-totals", 0, false);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends the thread that writes. */
  public static void stop() throws InterruptedException {
    Thread ending;
    synchronized (Emission.class) {
      ending = thread;
      thread = null;
    }
    if (ending != null) {
      ending.interrupt();
      ending.join();
    }
  }

  /** Forgets all that was counted, once the last of it is written. */
  public static synchronized void forget() {
    ThreadScope.forget();
    ConnectionScope.forget();
    Tests.forget();
    WeakIdentity.forget();
    Jdbc.forget();
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
  public static synchronized void chunkBegan() {
    chunk = chunk + 1;
  }

  /** The number of the current chunk of the recording. */
  static int chunk() {
    return chunk;
  }

  /** Writes all that was counted and not written yet, before a chunk ends. */
  public static void flush() {
    write(true);
  }

  private static synchronized void write(boolean chunkEnds) {
    WeakIdentity.expunge();
    ThreadScope.expunge();
    for (Iterator<TotalsTable> tables = ThreadScope.TABLES.iterator(); tables.hasNext(); ) {
      if (tables.next().write()) {
        tables.remove();
      }
    }
    ConnectionScope.OPEN.removeIf(connection -> connection.write(chunkEnds));
    for (IntConsumer writer : ALSO) {
      writer.accept(chunk);
    }
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.sweep();
    }
  }

  private static void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        write(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Failure.note("Writing totals", e);
    }
  }
}
