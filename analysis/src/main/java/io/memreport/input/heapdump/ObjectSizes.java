// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.Arrays;

/** What each object of a dump takes in memory. */
final class ObjectSizes {
  static final String MIRROR = "java.lang.Class";

  private final ObjectGraph graph;
  private final HeapLayout layout;
  private final long[] instance;
  private final long mirror;

  ObjectSizes(ObjectGraph graph, HeapLayout layout) {
    this.graph = graph;
    this.layout = layout;
    instance = new long[graph.classes().size()];
    Arrays.fill(instance, -1);
    mirror =
        graph.classes().dumped().stream()
            .filter(type -> type.name().equals(MIRROR))
            .mapToLong(type -> instance(graph.classes().number(type.id())))
            .findFirst()
            .orElse(0);
  }

  long bytes(int object) {
    int type = graph.classOf(object);
    if (graph.isClass(object)) {
      return mirror + graph.classes().get(type).staticBytes();
    }
    if (graph.length(object) < 0) {
      return instance(type);
    }
    int element = graph.classes().elementBytes(type);
    return layout.array(graph.length(object), element == 0 ? layout.referenceBytes() : element);
  }

  private long instance(int type) {
    if (instance[type] < 0) {
      instance[type] = layout.instance(graph.classes().sum(type, layout.referenceBytes()));
    }
    return instance[type];
  }
}
