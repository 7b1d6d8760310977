// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The shim's table of sampled objects that no collection has freed yet. One thread at a time reads
 * it; {@code heap.c} tells how it works.
 */
final class HeapSamples {
  /** A row has so many words of 8 bytes. */
  private static final int WORDS = 8;

  private static final int TEST = 0;
  private static final int SITE = 1;
  private static final int TYPE = 2;
  private static final int BYTES = 3;
  private static final int VARIANCE = 4;
  private static final int SAMPLES = 5;
  private static final int SURVIVORS = 6;
  private static final int PROVEN = 7;

  private final ByteBuffer words;
  private final int room;
  private final Texts sites = new Texts(false);
  private final Texts types = new Texts(true);

  /**
   * @param room for so many rows, the largest
   */
  HeapSamples(int room) {
    this.room = room;
    words = ByteBuffer.allocateDirect(room * WORDS * Long.BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Begins to sample.
   *
   * @param every mean bytes between two samples
   * @param libraries how names of classes begin that are not the application's, a line each
   * @return null, or why it can't
   */
  static native String begin(long every, String libraries);

  /** Samples no more, and forgets. */
  static native void end();

  /** Whom to ask for whom a thread works; the first one stays. */
  static native void ask(WorkOwner owner);

  static native void testBegins(long test);

  static native void testEnds(long test);

  /** The one test that runs; 0 for none or several. */
  static native void sole(long test);

  /** A full collection is over. */
  static native void collected();

  /** Mean bytes between two samples now: it doubles when the table is full. */
  static native long interval();

  private static native int rows(ByteBuffer words, int room, boolean frozen);

  private static native long hash(boolean type, int index);

  private static native byte[] text(boolean type, int index);

  /**
   * Reads the table.
   *
   * @return how many rows there are
   */
  int read() {
    return rows(words, room, false);
  }

  /** Reads what lived when the Java heap first ran out, until {@link #read} is called again. */
  int readFrozen() {
    return rows(words, room, true);
  }

  /** Fills in a row that was read, the largest being the first. */
  void fill(int row, HeapLiveEvent target) {
    target.testId = word(row, TEST);
    target.site = sites.at((int) word(row, SITE));
    target.className = types.at((int) word(row, TYPE));
    target.bytes = word(row, BYTES);
    target.deviation = (long) Math.sqrt(Double.longBitsToDouble(word(row, VARIANCE)));
    target.samples = word(row, SAMPLES);
    target.survivors = word(row, SURVIVORS);
    target.proven = word(row, PROVEN);
    target.interval = interval();
  }

  private long word(int row, int word) {
    return words.getLong((row * WORDS + word) * Long.BYTES);
  }

  /** Texts that were read before, so that the same row makes no garbage each second. */
  private static final class Texts {
    private static final int KNOWN = 256;
    private static final String NO_ROOM = "";

    private final boolean type;
    private final long[] hashes = new long[KNOWN];
    private final String[] texts = new String[KNOWN];

    Texts(boolean type) {
      this.type = type;
    }

    String at(int index) {
      if (index == 0) {
        return NO_ROOM;
      }
      long hash = hash(type, index);
      int place = (int) (hash & (KNOWN - 1));
      if (hashes[place] != hash || texts[place] == null) {
        texts[place] = new String(text(type, index), StandardCharsets.UTF_8);
        hashes[place] = hash;
      }
      return texts[place];
    }
  }
}
