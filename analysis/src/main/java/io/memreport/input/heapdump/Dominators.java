// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.Arrays;
import java.util.Collection;

/**
 * Who alone holds what: the tree of dominators of all that roots reach, by the Semi-NCA algorithm
 * (Georgiadis, Linear-Time Algorithms for Dominators and Related Problems, 2005). Objects are
 * numbered from 1 in the order in which a search in depth meets them; 0 stands before all roots.
 */
final class Dominators {
  /** The object of each number. */
  private final int[] object;

  /** The number of the one that holds each number alone, always a smaller one. */
  private final int[] owner;

  private Dominators(int[] object, int[] owner) {
    this.object = object;
    this.owner = owner;
  }

  /** The largest number. */
  int last() {
    return owner.length - 1;
  }

  int object(int number) {
    return object[number];
  }

  int owner(int number) {
    return owner[number];
  }

  /** Finds them; the graph's references are gone after that. */
  static Dominators of(ObjectGraph graph, Collection<Integer> roots) {
    int[] number = new int[graph.size()];
    int[] object = new int[graph.size() + 1];
    int[] parent = new int[graph.size() + 1];
    int last = search(graph, roots, number, object, parent);
    object = Arrays.copyOf(object, last + 1);
    parent = Arrays.copyOf(parent, last + 1);
    int[] from = new int[last + 2];
    graph.each(
        (a, b) -> {
          if (number[a] > 0) {
            from[number[b]]++;
          }
        },
        false);
    int sum = 0;
    for (int at = 0; at < from.length; at++) {
      int count = from[at];
      from[at] = sum;
      sum += count;
    }
    int[] before = new int[sum];
    graph.each(
        (a, b) -> {
          if (number[a] > 0) {
            before[from[number[b]]++] = number[a];
          }
        },
        true);
    // Each place has moved on to where the next one's begin.
    boolean[] isRoot = new boolean[last + 1];
    for (int root : roots) {
      isRoot[number[root]] = true;
    }
    return new Dominators(object, owners(parent, from, before, isRoot));
  }

  private static int search(
      ObjectGraph graph, Collection<Integer> roots, int[] number, int[] object, int[] parent) {
    int[] done = new int[graph.size()];
    int last = 0;
    for (int root : roots) {
      if (number[root] != 0) {
        continue;
      }
      number[root] = ++last;
      object[last] = root;
      int at = root;
      while (true) {
        int next = -1;
        int count = graph.references(at);
        while (next < 0 && done[at] < count) {
          int to = graph.reference(at, done[at]++);
          next = number[to] == 0 ? to : -1;
        }
        if (next >= 0) {
          number[next] = ++last;
          object[last] = next;
          parent[last] = number[at];
          at = next;
        } else if (parent[number[at]] == 0) {
          break;
        } else {
          at = object[parent[number[at]]];
        }
      }
    }
    return last;
  }

  private static int[] owners(int[] parent, int[] end, int[] before, boolean[] isRoot) {
    int last = parent.length - 1;
    int[] owner = parent.clone();
    int[] semi = new int[last + 1];
    int[] label = new int[last + 1];
    for (int at = 0; at <= last; at++) {
      semi[at] = at;
      label[at] = at;
    }
    Links links = new Links(parent, semi, label);
    for (int at = last; at >= 1; at--) {
      int least = isRoot[at] ? 0 : owner[at];
      for (int to = end[at - 1]; least > 0 && to < end[at]; to++) {
        least = Math.min(least, semi[links.best(before[to], at + 1)]);
      }
      semi[at] = least;
    }
    for (int at = 1; at <= last; at++) {
      while (owner[at] > semi[at]) {
        owner[at] = owner[owner[at]];
      }
    }
    return owner;
  }

  /** The trees that have been built from the back, with paths that are made short on the way. */
  private static final class Links {
    private final int[] above;
    private final int[] semi;
    private final int[] label;
    private int[] way = new int[1 << 10];

    Links(int[] parent, int[] semi, int[] label) {
      above = parent;
      this.semi = semi;
      this.label = label;
    }

    /** On the way up from a number to where nothing is linked yet, the one with the least semi. */
    int best(int number, int linked) {
      if (above[number] < linked) {
        return label[number];
      }
      int length = 0;
      int at = number;
      while (above[at] >= linked) {
        if (length == way.length) {
          way = Arrays.copyOf(way, 2 * length);
        }
        way[length++] = at;
        at = above[at];
      }
      int best = label[at];
      int top = at;
      while (length > 0) {
        at = way[--length];
        above[at] = above[top];
        if (semi[best] < semi[label[at]]) {
          label[at] = best;
        } else {
          best = label[at];
        }
        top = at;
      }
      return label[number];
    }
  }
}
