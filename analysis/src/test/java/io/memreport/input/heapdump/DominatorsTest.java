// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shark.GcRoot;

/** Against the definition: who goes with an object is who nothing reaches without it. */
class DominatorsTest {
  private static final long TYPE = 8;
  private static final int OBJECTS = 60;
  private static final int FIELDS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void owners_are_those_without_whom_it_would_go(int seed) throws Exception {
    Random random = new Random(seed);
    Map<Long, long[]> edges = new HashMap<>();
    ADump dump = new ADump().type(TYPE, "shop/Node", 0, 0, "a", "b", "c");
    for (int each = 1; each <= OBJECTS; each++) {
      long[] to = new long[FIELDS];
      for (int field = 0; field < FIELDS; field++) {
        // Not all refer to something, and most to what is near: that makes deep trees.
        to[field] = random.nextInt(3) > 0 ? id(near(random, each)) : 0;
      }
      edges.put(id(each), to);
      dump.object(id(each), TYPE, to);
    }
    List<Long> roots = List.of(id(1), id(1 + random.nextInt(OBJECTS)), id(OBJECTS / 2));
    roots.forEach(root -> dump.root(new GcRoot.JniGlobal(root, 0)));

    HprofFile file = HprofFile.open(dump.write(folder.resolve("a.hprof")), bytes -> {});
    Declarations declarations = Declarations.of(file);
    ClassTable classes = new ClassTable(declarations.classes(), file.idBytes());
    ObjectGraph graph = ObjectGraph.of(file, declarations.objects(), classes);
    Dominators tree = Dominators.of(graph, graph.roots(declarations.roots()).keySet());

    Map<Long, Set<Long>> found = new HashMap<>();
    for (int number = 1; number <= tree.last(); number++) {
      Set<Long> owners = new HashSet<>();
      for (int at = tree.owner(number); at != 0; at = tree.owner(at)) {
        assertThat(tree.owner(at)).isLessThan(at);
        owners.add(graph.ids().id(tree.object(at)));
      }
      found.put(graph.ids().id(tree.object(number)), owners);
    }
    found.remove(TYPE);
    assertThat(found).isEqualTo(expected(edges, roots));
  }

  private static int near(Random random, int from) {
    return Math.floorMod(from - 1 + random.nextInt(13) - 4, OBJECTS) + 1;
  }

  private static long id(int number) {
    return 1000 + 16L * number;
  }

  private static Map<Long, Set<Long>> expected(Map<Long, long[]> edges, List<Long> roots) {
    Map<Long, Set<Long>> owners = new HashMap<>();
    Set<Long> all = reached(edges, roots, 0);
    all.forEach(each -> owners.put(each, new HashSet<>()));
    for (long without : all) {
      Set<Long> gone = new HashSet<>(all);
      gone.removeAll(reached(edges, roots, without));
      gone.remove(without);
      gone.forEach(each -> owners.get(each).add(without));
    }
    return owners;
  }

  private static Set<Long> reached(Map<Long, long[]> edges, List<Long> roots, long without) {
    Set<Long> seen = new HashSet<>();
    Deque<Long> next = new ArrayDeque<>(new ArrayList<>(roots));
    while (!next.isEmpty()) {
      long at = next.pop();
      if (at != without && at != 0 && seen.add(at)) {
        for (long to : edges.get(at)) {
          next.push(to);
        }
      }
    }
    return seen;
  }
}
