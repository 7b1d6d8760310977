// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import io.memreport.recorder.framework.ApplicationCode;

/**
 * Which objects of the Java heap live, by the test, the line and the class that allocated them: the
 * largest are in the black box each second, and in the recording every ten.
 */
public final class HeapSampling {
  /** The largest rows are written, but no more. */
  private static final int MOST = 64;

  /** A row that is smaller explains nothing. */
  private static final long LEAST_BYTES = 1 << 20;

  private static final long PERIOD_NANOS = 10_000_000_000L;

  /** A JVM that ends before is none whose heap wants an explanation, unless it tests. */
  private static final long SHORT_LIFE_NANOS = 900_000_000;

  /** Mean bytes between two samples; 0 once it was tried. */
  private static volatile long every;

  private static volatile long wantedNanos;
  private static volatile boolean on;
  private static HeapSamples samples;
  private static final HeapLiveEvent[] ROWS = new HeapLiveEvent[MOST];
  private static long snapshot;
  private static long lastNanos;

  /** Whether what lived when memory first ran out is told. */
  private static boolean exhausted;

  private HeapSampling() {}

  /**
   * Says what is wanted. Nothing happens before {@link #start}.
   *
   * @param bytes mean bytes between two samples
   */
  public static synchronized void want(long bytes) {
    every = bytes;
    wantedNanos = System.nanoTime();
  }

  /** Whether it is wanted and was not tried yet. */
  public static boolean isWanted() {
    return every > 0;
  }

  /** Likewise, in a JVM that has lived so long that it is worth it. */
  public static boolean isDue() {
    return isWanted() && System.nanoTime() - wantedNanos >= SHORT_LIFE_NANOS;
  }

  /**
   * Begins, in a JVM that has the shim.
   *
   * @param owner tells for whom a thread works of which nothing else is known
   */
  public static synchronized void start(WorkOwner owner) {
    if (!isWanted()) {
      return;
    }
    String libraries = String.join("\n", ApplicationCode.libraries()) + "\n";
    String refused =
        YoungCollections.keepWhatIsTagged()
            ? "young collections of this garbage collector keep what is followed, and so would need"
                + " more memory"
            : HeapSamples.begin(every, libraries);
    every = 0;
    if (refused == null) {
      HeapSamples.ask(owner);
      samples = new HeapSamples(MOST);
      for (int i = 0; i < MOST; i++) {
        ROWS[i] = new HeapLiveEvent();
      }
      lastNanos = System.nanoTime();
      exhausted = false;
      on = true;
    } else {
      NoteEvent note = new NoteEvent();
      note.text = "Java heap is not sampled: " + refused;
      note.commit();
    }
  }

  /** Samples no more. */
  public static synchronized void stop() {
    every = 0;
    if (on) {
      on = false;
      HeapSamples.end();
      samples = null;
    }
  }

  /** Whether objects are sampled. */
  public static boolean isOn() {
    return on;
  }

  /** A test begins. */
  public static void testBegins(long test) {
    if (on) {
      HeapSamples.testBegins(test);
    }
  }

  /** A test is over: threads that it leaves no longer work for it. */
  public static void testEnds(long test) {
    if (on) {
      HeapSamples.testEnds(test);
    }
  }

  /** The one test that runs, or {@link MemreportEvent#OUTSIDE_TESTS} for none or several. */
  public static void sole(long test) {
    if (on) {
      HeapSamples.sole(test);
    }
  }

  /** A full collection is over: what lives now is in use. */
  public static void collected() {
    if (on) {
      HeapSamples.collected();
    }
  }

  /** Writes the largest rows to the black box, and to the recording if that is due. */
  public static synchronized void write() {
    if (on) {
      write(System.nanoTime() - lastNanos >= PERIOD_NANOS, false);
    }
  }

  /** Writes the largest rows to both. */
  public static synchronized void writeNow() {
    if (on) {
      write(true, false);
    }
  }

  /**
   * An OutOfMemoryError was thrown: after the first one what lived then is written, for whoever
   * caught it may have let go of it.
   */
  public static synchronized void writeExhausted() {
    if (on && !exhausted) {
      exhausted = true;
      write(true, true);
    }
  }

  /**
   * Bytes of tests that are over, of which no full collection has shown yet whether they are in
   * use.
   */
  public static synchronized long undecided() {
    long undecided = 0;
    for (int i = 0, rows = on ? read() : 0; i < rows; i++) {
      HeapLiveEvent row = ROWS[i];
      if (row.testId != MemreportEvent.OUTSIDE_TESTS && row.proven < row.samples) {
        undecided += row.bytes / row.samples * (row.samples - row.proven);
      }
    }
    return undecided;
  }

  private static int read() {
    return filled(samples.read());
  }

  private static int filled(int rows) {
    for (int i = 0; i < rows; i++) {
      samples.fill(i, ROWS[i]);
    }
    return rows;
  }

  private static void write(boolean toRecording, boolean asExhausted) {
    int rows = asExhausted ? filled(samples.readFrozen()) : read();
    while (rows > 0 && ROWS[rows - 1].bytes < LEAST_BYTES) {
      rows--;
    }
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.heap(ROWS, rows);
    }
    if (toRecording) {
      lastNanos = System.nanoTime();
      snapshot++;
      if (rows == 0) {
        // That nothing large lives is said too: it replaces what did.
        commit(new HeapLiveEvent());
      }
      for (int i = 0; i < rows; i++) {
        ROWS[i].exhausted = asExhausted;
        commit(ROWS[i]);
        ROWS[i] = new HeapLiveEvent();
      }
    }
  }

  private static void commit(HeapLiveEvent row) {
    row.snapshot = snapshot;
    row.commit();
  }
}
