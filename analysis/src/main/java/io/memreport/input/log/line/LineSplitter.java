// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into lines, and says of each whether a keyword occurs in it. What it holds does not
 * grow with the input: of a line that is longer than {@link #LONGEST} the rest is looked at for
 * keywords and left out.
 */
public final class LineSplitter {
  static final int LONGEST = 1 << 20;
  private static final int BUFFER = 1 << 18;

  /** Takes the lines. */
  public interface Lines {
    /** Whether lines without a keyword are wanted too for now. */
    boolean wantsAll();

    /**
     * A line.
     *
     * @param bytes it begins at {@code from} there; valid during the call
     * @param cut whether its end was left out
     */
    void line(byte[] bytes, int from, int length, long number, boolean cut);
  }

  private final Keywords keywords;
  private final Lines lines;
  private byte[] held = new byte[BUFFER];
  private int heldLength;
  private boolean cut;
  private boolean hit;
  private long number;
  private long total;

  public LineSplitter(Keywords keywords, Lines lines) {
    this.keywords = keywords;
    this.lines = lines;
  }

  public void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int state = Keywords.START;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      int lineStart = 0;
      total += count;
      for (int i = keywords.scan(buffer, 0, count, state);
          i < count;
          i = keywords.scan(buffer, i + 1, count, state)) {
        state = keywords.reached();
        if (keywords.isLineEnd(state)) {
          end(buffer, lineStart, i - lineStart);
          lineStart = i + 1;
        } else {
          hit = true;
        }
      }
      state = keywords.reached();
      hold(buffer, lineStart, count - lineStart);
    }
    if (heldLength > 0) {
      end(buffer, 0, 0);
    }
  }

  /** How many lines there were. */
  public long lineCount() {
    return number;
  }

  /** How many bytes there were. */
  public long byteCount() {
    return total;
  }

  private void end(byte[] buffer, int from, int length) {
    number++;
    if (heldLength > 0) {
      hold(buffer, from, length);
      tell(held, 0, heldLength);
    } else {
      tell(buffer, from, length);
    }
    heldLength = 0;
    cut = false;
    hit = false;
  }

  private void tell(byte[] bytes, int from, int length) {
    if (hit || lines.wantsAll()) {
      lines.line(bytes, from, Math.min(length, LONGEST), number, cut || length > LONGEST);
    }
  }

  private void hold(byte[] buffer, int from, int length) {
    int kept = Math.min(length, LONGEST - heldLength);
    cut |= kept < length;
    if (heldLength + kept > held.length) {
      held = Arrays.copyOf(held, Math.min(LONGEST, Math.max(2 * held.length, heldLength + kept)));
    }
    System.arraycopy(buffer, from, held, heldLength, kept);
    heldLength += kept;
  }
}
