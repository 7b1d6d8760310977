// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds out in one pass over bytes whether any of some words occurs: the automaton of Aho and
 * Corasick, with its failure links resolved, so that each byte costs one look into a table.
 */
public final class Keywords {
  private static final int BYTES = 256;

  /** The state before the first byte. */
  static final int START = 0;

  /** The state after a byte at {@code state + byte}; states are multiples of {@link #BYTES}. */
  private final int[] next;

  /** From this state on, a word is complete or a line ends: such states are numbered last. */
  private final int accepting;

  private final int lineEnd;
  private int reached;

  public Keywords(Collection<String> words) {
    List<int[]> tree = new ArrayList<>();
    List<Boolean> ends = new ArrayList<>();
    tree.add(new int[BYTES]);
    ends.add(false);
    for (String word : words) {
      int at = 0;
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        int index = b & 0xff;
        if (tree.get(at)[index] == 0) {
          tree.get(at)[index] = tree.size();
          tree.add(new int[BYTES]);
          ends.add(false);
        }
        at = tree.get(at)[index];
      }
      ends.set(at, true);
    }
    resolve(tree, ends);
    int[] number = numbered(ends);
    lineEnd = tree.size() * BYTES;
    next = new int[lineEnd + BYTES];
    for (int state = 0; state < tree.size(); state++) {
      for (int b = 0; b < BYTES; b++) {
        next[number[state] * BYTES + b] = number[tree.get(state)[b]] * BYTES;
      }
      next[number[state] * BYTES + '\n'] = lineEnd;
    }
    // A new line begins as the first one did.
    System.arraycopy(next, START, next, lineEnd, BYTES);
    accepting = (tree.size() - (int) ends.stream().filter(end -> end).count()) * BYTES;
  }

  private Keywords(Keywords same) {
    next = same.next;
    accepting = same.accepting;
    lineEnd = same.lineEnd;
  }

  /** The same words for another text; the tables are shared. */
  public Keywords another() {
    return new Keywords(this);
  }

  private static void resolve(List<int[]> tree, List<Boolean> ends) {
    int[] failure = new int[tree.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int child : tree.get(0)) {
      if (child != 0) {
        queue.add(child);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int[] edges = tree.get(state);
      int[] fallback = tree.get(failure[state]);
      ends.set(state, ends.get(state) || ends.get(failure[state]));
      for (int b = 0; b < BYTES; b++) {
        if (edges[b] == 0) {
          edges[b] = fallback[b];
        } else {
          failure[edges[b]] = fallback[b];
          queue.add(edges[b]);
        }
      }
    }
  }

  private static int[] numbered(List<Boolean> ends) {
    int[] number = new int[ends.size()];
    int count = 0;
    for (boolean end : new boolean[] {false, true}) {
      for (int state = 0; state < number.length; state++) {
        if (ends.get(state) == end) {
          number[state] = count++;
        }
      }
    }
    return number;
  }

  /**
   * Looks at bytes until a word is complete or a line ends.
   *
   * @param state where the byte before led
   * @return the index of the byte that did it, or {@code to}
   */
  int scan(byte[] bytes, int from, int to, int state) {
    int[] table = next;
    int at = state;
    int i = from;
    while (i < to) {
      at = table[at + (bytes[i] & 0xff)];
      if (at >= accepting) {
        break;
      }
      i++;
    }
    reached = at;
    return i;
  }

  /** The state that the last scan ended in. */
  int reached() {
    return reached;
  }

  /** Whether a line ends with this state. */
  boolean isLineEnd(int state) {
    return state == lineEnd;
  }
}
