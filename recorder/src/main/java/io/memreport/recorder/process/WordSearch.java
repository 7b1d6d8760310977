// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds any of some words in bytes, and looks only at every third byte or so on its way: Horspool's
 * search, over the beginnings of the words that are as long as the shortest one.
 */
final class WordSearch {
  private final byte[][] words;

  /** The length of the shortest word. */
  private final int window;

  /** By the last byte of a window, how far the next window may be; 0: compare the words. */
  private final byte[] shifts = new byte[256];

  WordSearch(List<String> words) {
    this.words =
        words.stream().map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    window = Arrays.stream(this.words).mapToInt(word -> word.length).min().orElseThrow();
    Arrays.fill(shifts, (byte) window);
    for (byte[] word : this.words) {
      for (int i = 0; i < window; i++) {
        shifts[word[i]] = (byte) Math.min(shifts[word[i]], window - 1 - i);
      }
    }
  }

  /**
   * Where the first word begins, or -1.
   *
   * @param to behind the last byte
   */
  int find(byte[] bytes, int from, int to) {
    int last = from + window - 1;
    while (last < to) {
      int shift = shifts[bytes[last] & 0xff];
      if (shift == 0) {
        int start = last - window + 1;
        if (isWord(bytes, start, to)) {
          return start;
        }
        shift = 1;
      }
      last += shift;
    }
    return -1;
  }

  private boolean isWord(byte[] bytes, int from, int to) {
    for (byte[] word : words) {
      if (from + word.length <= to
          && Arrays.equals(bytes, from, from + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }
}
