// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.ClassBytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Who holds how much: sums over the tree of dominators. */
final class Holdings {
  /** One that holds so much of the heap is worth a look. */
  private static final double SHARE = 0.05;

  private static final long LEAST = 1 << 20;

  private final ObjectGraph graph;
  private final ObjectSizes sizes;
  private final Dominators tree;
  private final long[] retained;
  private final long threshold;

  Holdings(ObjectGraph graph, ObjectSizes sizes, Dominators tree) {
    this.graph = graph;
    this.sizes = sizes;
    this.tree = tree;
    retained = new long[tree.last() + 1];
    for (int at = tree.last(); at >= 1; at--) {
      retained[at] += sizes.bytes(tree.object(at));
      retained[tree.owner(at)] += retained[at];
    }
    threshold = Math.max(LEAST, (long) (SHARE * retained[0]));
  }

  long objects() {
    return tree.last();
  }

  /** Of all that roots reach. */
  long bytes() {
    return retained[0];
  }

  /** One that holds much. */
  record Owner(int object, long bytes) {}

  /** The largest that nothing else holds alone. */
  List<Owner> owners(int most) {
    return IntStream.rangeClosed(1, tree.last())
        .filter(at -> tree.owner(at) == 0 && retained[at] >= LEAST)
        .mapToObj(at -> new Owner(tree.object(at), retained[at]))
        .sorted(Comparator.comparingLong(Owner::bytes).reversed())
        .limit(most)
        .toList();
  }

  /**
   * Where much comes together.
   *
   * @param object the largest of them
   * @param bytes without those of other places below
   * @param shared whether they are objects of one class that nothing holds alone
   */
  record Place(int object, long objects, long bytes, boolean shared, List<ClassBytes> holds) {}

  /** The places: no byte is in two of them. */
  List<Place> places() {
    long[] own = own();
    Map<Integer, Integer> groups = groups();
    List<Integer> first = new ArrayList<>();
    Map<Integer, Integer> placeOfGroup = new HashMap<>();
    int[] place = new int[tree.last() + 1];
    List<long[]> objects = new ArrayList<>();
    for (int at = 1; at <= tree.last(); at++) {
      int type = graph.classOf(tree.object(at));
      if (isLarge(at) && own[at] >= threshold) {
        place[at] = opened(first, objects, at);
      } else if (tree.owner(at) > 0) {
        place[at] = place[tree.owner(at)];
      } else if (groups.containsKey(type) && isInGroup(at)) {
        if (!placeOfGroup.containsKey(type)) {
          placeOfGroup.put(type, opened(first, objects, groups.get(type)));
        }
        place[at] = placeOfGroup.get(type);
        objects.get(place[at] - 1)[0]++;
        objects.get(place[at] - 1)[1] += retained[at];
      }
    }
    List<Map<Integer, long[]>> holds = holds(place, first.size());
    List<Place> places = new ArrayList<>();
    for (int index = 0; index < first.size(); index++) {
      int at = first.get(index);
      long[] group = objects.get(index);
      places.add(
          new Place(
              tree.object(at),
              Math.max(1, group[0]),
              group[0] == 0 ? own[at] : group[1],
              group[0] > 0,
              rows(holds.get(index))));
    }
    return places;
  }

  /**
   * What each retains without the places below it. What is too little for a place of its own is its
   * owner's.
   */
  private long[] own() {
    long[] own = retained.clone();
    for (int at = tree.last(); at >= 1; at--) {
      if (isLarge(at)) {
        own[tree.owner(at)] -= retained[at] - (own[at] < threshold ? own[at] : 0);
      }
    }
    return own;
  }

  /** A link of a list is not: the list is, at its first link. */
  private boolean isLarge(int at) {
    int object = tree.object(at);
    int owner = tree.owner(at);
    boolean isLink =
        owner > 0
            && !graph.isClass(object)
            && graph.length(object) < 0
            && graph.classOf(object) == graph.classOf(tree.object(owner))
            && !graph.isClass(tree.object(owner));
    return retained[at] >= threshold && !isLink;
  }

  private boolean isInGroup(int at) {
    return tree.owner(at) == 0 && retained[at] < threshold && !graph.isClass(tree.object(at));
  }

  private static int opened(List<Integer> first, List<long[]> objects, int at) {
    first.add(at);
    objects.add(new long[2]);
    return first.size();
  }

  /** Classes of which many small objects together are much, each with the number of its largest. */
  private Map<Integer, Integer> groups() {
    Map<Integer, long[]> sums = new HashMap<>();
    for (int at = 1; at <= tree.last(); at++) {
      if (isInGroup(at)) {
        long[] sum = sums.computeIfAbsent(graph.classOf(tree.object(at)), type -> new long[2]);
        sum[0] += retained[at];
        if (sum[1] == 0 || retained[at] > retained[(int) sum[1]]) {
          sum[1] = at;
        }
      }
    }
    Map<Integer, Integer> groups = new HashMap<>();
    sums.forEach(
        (type, sum) -> {
          if (sum[0] >= threshold) {
            groups.put(type, (int) sum[1]);
          }
        });
    return groups;
  }

  private List<Map<Integer, long[]>> holds(int[] place, int places) {
    List<Map<Integer, long[]>> holds = new ArrayList<>();
    for (int index = 0; index < places; index++) {
      holds.add(new HashMap<>());
    }
    for (int at = 1; at <= tree.last(); at++) {
      if (place[at] > 0) {
        count(holds.get(place[at] - 1), tree.object(at));
      }
    }
    return holds;
  }

  /** All that roots reach, by class. */
  List<ClassBytes> classes() {
    Map<Integer, long[]> sums = new HashMap<>();
    for (int at = 1; at <= tree.last(); at++) {
      count(sums, tree.object(at));
    }
    return rows(sums);
  }

  private void count(Map<Integer, long[]> sums, int object) {
    int type = graph.isClass(object) ? -1 : graph.classOf(object);
    long[] sum = sums.computeIfAbsent(type, any -> new long[2]);
    sum[0]++;
    sum[1] += sizes.bytes(object);
  }

  /** Classes of one name, which several loaders define, in one row. */
  private List<ClassBytes> rows(Map<Integer, long[]> sums) {
    Map<String, ClassBytes> rows = new HashMap<>();
    sums.forEach(
        (type, sum) -> {
          String name = type < 0 ? ObjectSizes.MIRROR : graph.classes().get(type).name();
          rows.merge(
              name,
              new ClassBytes(name, sum[0], sum[1]),
              (a, b) -> new ClassBytes(name, a.objects() + b.objects(), a.bytes() + b.bytes()));
        });
    return rows.values().stream()
        .sorted(
            Comparator.comparingLong(ClassBytes::bytes)
                .reversed()
                .thenComparing(ClassBytes::className))
        .toList();
  }
}
