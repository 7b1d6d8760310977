// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.RootKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shortest way from a root to each object. What lasts goes first: a method that uses an object
 * keeps it for a moment, a static field keeps it for good.
 */
final class ShortestPaths {
  private static final int UNSEEN = -1;
  private static final int ROOT = -2;
  private static final Set<RootKind> PASSING = Set.of(RootKind.LOCAL_VARIABLE, RootKind.LOCK);

  private final int[] before;

  ShortestPaths(ObjectGraph graph, Map<Integer, Root> roots) {
    before = new int[graph.size()];
    Arrays.fill(before, UNSEEN);
    int[] queue = new int[graph.size()];
    int end = 0;
    int next = 0;
    for (boolean passing : new boolean[] {false, true}) {
      for (Map.Entry<Integer, Root> root : roots.entrySet()) {
        if (PASSING.contains(root.getValue().kind()) == passing
            && before[root.getKey()] == UNSEEN) {
          before[root.getKey()] = ROOT;
          queue[end++] = root.getKey();
        }
      }
      while (next < end) {
        int from = queue[next++];
        int count = graph.references(from);
        for (int at = 0; at < count; at++) {
          int to = graph.reference(from, at);
          if (before[to] == UNSEEN) {
            before[to] = from;
            queue[end++] = to;
          }
        }
      }
    }
  }

  /** The objects from a root to this one, both included. */
  List<Integer> to(int object) {
    List<Integer> path = new ArrayList<>();
    for (int at = object; at >= 0; at = before[at]) {
      path.add(at);
    }
    Collections.reverse(path);
    return path;
  }
}
