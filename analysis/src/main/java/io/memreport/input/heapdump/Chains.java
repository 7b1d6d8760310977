// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.HeapChain;
import io.memreport.model.heapdump.RootKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paths through the graph in the words of who wrote the program. */
final class Chains {
  private static final String ENTRY = "java.lang.ThreadLocal$ThreadLocalMap$Entry";
  private static final String REFERENT = "referent";
  private static final String LOADER = "class loader ";

  /** More steps than this nobody reads; those in the middle are left out. */
  private static final int MOST_STEPS = 16;

  private final ObjectGraph graph;
  private final ClassTable classes;
  private final Declarations declarations;
  private final Map<Integer, Root> roots;
  private final Map<Long, Contents.Instance> contents;
  private final Map<Long, String> threadNames;
  private final Map<Long, String> staticFields = new HashMap<>();
  private final Contents reader;

  private Chains(
      ObjectGraph graph,
      Declarations declarations,
      Map<Integer, Root> roots,
      Contents reader,
      Map<Long, Contents.Instance> contents,
      Map<Long, String> threadNames) {
    this.graph = graph;
    classes = graph.classes();
    this.declarations = declarations;
    this.roots = roots;
    this.reader = reader;
    this.contents = contents;
    this.threadNames = threadNames;
    for (DumpClass type : classes.dumped()) {
      type.statics()
          .forEach(field -> staticFields.putIfAbsent(field.value(), staticField(type, field)));
    }
  }

  /** Reads what is needed to name the steps of these paths. */
  static Chains of(
      HprofFile file,
      ObjectGraph graph,
      Declarations declarations,
      Map<Integer, Root> roots,
      List<List<Integer>> paths)
      throws IOException {
    Contents reader = new Contents(file, graph.classes());
    Set<Long> threads = new HashSet<>();
    for (List<Integer> path : paths) {
      Root root = roots.get(path.get(0));
      if (root != null && root.thread() != 0) {
        threads.add(declarations.thread(root.thread()));
      }
    }
    threads.remove(0L);
    Map<Long, Contents.Instance> contents =
        reader.instances(
            Stream.concat(
                    paths.stream()
                        .flatMap(path -> shortened(graph, path).keySet().stream())
                        .map(graph.ids()::id),
                    threads.stream())
                .collect(Collectors.toSet()));
    Map<Long, Contents.Instance> named = new HashMap<>(contents);
    named.keySet().retainAll(threads);
    return new Chains(graph, declarations, roots, reader, contents, reader.names(named));
  }

  /**
   * The objects of a path whose steps are told, each with the next one: of a row of objects of one
   * class, as in a list of links, the first only, and of a long path its beginning and its end.
   */
  private static Map<Integer, Integer> shortened(ObjectGraph graph, List<Integer> path) {
    List<Integer> told = new ArrayList<>();
    for (int at = 0; at + 1 < path.size(); at++) {
      if (at == 0
          || graph.isClass(path.get(at))
          || graph.classOf(path.get(at)) != graph.classOf(path.get(at - 1))
          || at + 2 == path.size()) {
        told.add(at);
      }
    }
    Map<Integer, Integer> steps = new LinkedHashMap<>();
    for (int index = 0; index < told.size(); index++) {
      if (index < MOST_STEPS / 2 || index >= told.size() - MOST_STEPS / 2) {
        int at = told.get(index);
        steps.put(path.get(at), path.get(at + 1));
      }
    }
    return steps;
  }

  /** The chain along a path; the last object is not part of it. */
  HeapChain chain(List<Integer> path) {
    Root root = roots.get(path.get(0));
    Words words = new Words(root == null ? RootKind.JVM : root.kind());
    words.root(root, graph.isClass(path.get(0)));
    shortened(graph, path).forEach((from, to) -> words.step(from, to));
    if (path.size() == 1 && words.steps.isEmpty()) {
      words.steps.add("class " + name(path.get(0)));
    }
    return new HeapChain(words.kind, List.copyOf(words.steps));
  }

  /** What an object is called in a table. */
  String name(int object) {
    String type = classes.get(graph.classOf(object)).name();
    Root root = roots.get(object);
    if (root != null && root.kind() == RootKind.THREAD) {
      return thread(root.thread());
    }
    return graph.isClass(object) ? "class " + type : type;
  }

  private String thread(int serial) {
    String name = threadNames.get(declarations.thread(serial));
    return name == null ? "a thread" : "thread \"" + name + "\"";
  }

  private static String staticField(DumpClass type, DumpClass.Static field) {
    return type.name() + "." + field.name();
  }

  /** The steps of one chain so far. */
  private final class Words {
    private final List<String> steps = new ArrayList<>();
    private final Map<Integer, Integer> stepOfLoader = new HashMap<>();
    private RootKind kind;

    Words(RootKind kind) {
      this.kind = kind;
    }

    void root(Root root, boolean isClass) {
      if (root == null) {
        return;
      }
      switch (root.kind()) {
        case THREAD -> steps.add(thread(root.thread()));
        case LOCAL_VARIABLE -> {
          String frame = declarations.frame(root.thread(), root.frame());
          steps.add(
              (frame == null ? "local variable" : "local variable of " + frame)
                  + " in "
                  + thread(root.thread()));
        }
        case JNI -> steps.add("global reference of native code (JNI)");
        case LOCK -> steps.add("lock that a thread holds");
        case JVM -> steps.add("the JVM itself");
        default -> {
          if (!isClass) {
            steps.add("the JVM itself");
            kind = RootKind.JVM;
          }
        }
      }
    }

    void step(int from, int to) {
      if (graph.isClass(from)) {
        mirror(from, to);
      } else if (graph.length(from) >= 0) {
        add(classes.get(graph.classOf(from)).name());
      } else if (classes.get(graph.classOf(from)).name().equals(ENTRY)) {
        threadLocal(from);
      } else {
        stepOfLoader.put(from, steps.size());
        add(field(from, to));
      }
    }

    /** One class of many is alike to the next in a row of links. */
    private void add(String step) {
      if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
        steps.add(step);
      }
    }

    private void mirror(int from, int to) {
      DumpClass type = classes.get(graph.classOf(from));
      int loader = graph.ids().indexOf(type.loaderId());
      Integer at = stepOfLoader.get(loader);
      if (at != null) {
        steps.subList(at, steps.size()).clear();
        steps.add(LOADER + classes.get(graph.classOf(loader)).name());
        kind = RootKind.CLASS_LOADER;
      }
      long value = graph.ids().id(to);
      String field =
          type.statics().stream()
              .filter(each -> each.value() == value)
              .map(each -> "static field " + staticField(type, each))
              .findFirst()
              .orElse("class " + type.name());
      add(field);
    }

    /** The thread's map of its values is its own affair; what it is called, is the user's. */
    private void threadLocal(int entry) {
      Contents.Instance instance = contents.get(graph.ids().id(entry));
      long key = reader.reference(instance, REFERENT);
      int local = graph.ids().indexOf(key);
      String name = staticFields.get(key);
      if (steps.size() > 1 && kind == RootKind.THREAD) {
        steps.subList(1, steps.size()).clear();
        kind = RootKind.THREAD_LOCAL;
      }
      add(
          name != null
              ? "ThreadLocal " + name
              : key == 0 || local < 0
                  ? "value of a ThreadLocal that is gone"
                  : "value of a " + classes.get(graph.classOf(local)).name());
    }

    private String field(int from, int to) {
      String type = classes.get(graph.classOf(from)).name();
      Contents.Instance instance = contents.get(graph.ids().id(from));
      if (instance == null) {
        return type;
      }
      long value = graph.ids().id(to);
      return classes.fields(instance.type()).stream()
          .filter(field -> field.type() == ValueType.REFERENCE)
          .filter(field -> classes.idAt(instance.bytes(), field.offset()) == value)
          .map(field -> field.of().name() + "." + field.name())
          .findFirst()
          .orElse(type);
    }
  }
}
