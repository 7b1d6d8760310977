// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.RootKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import shark.HprofRecordReader;
import shark.HprofRecordTag;

/** The second pass over a dump: of which class objects are, and to what they refer. */
final class ObjectGraph {
  private static final int INSTANCE = -1;
  private static final int MIRROR = -2;
  private static final int WITHOUT = -1;
  private static final Set<HprofRecordTag> OBJECTS =
      EnumSet.of(
          HprofRecordTag.INSTANCE_DUMP,
          HprofRecordTag.OBJECT_ARRAY_DUMP,
          HprofRecordTag.PRIMITIVE_ARRAY_DUMP);

  private final int idBytes;
  private final ObjectIds ids;
  private final ClassTable classes;

  /** Of each object; of a class's mirror the number of that class. */
  private final int[] classOf;

  /** The elements of arrays; what is none is negative. */
  private final int[] length;

  /** Where an object's references are among all of them. */
  private final int[] start;

  /** For each object that has any: itself, how many they are, and to which objects they lead. */
  private final IntChunks references = new IntChunks();

  private ObjectGraph(int idBytes, ObjectIds ids, ClassTable classes) {
    this.idBytes = idBytes;
    this.ids = ids;
    this.classes = classes;
    classOf = new int[ids.size()];
    length = new int[ids.size()];
    start = new int[ids.size()];
    Arrays.fill(start, WITHOUT);
  }

  static ObjectGraph of(HprofFile file, ObjectIds ids, ClassTable classes) throws IOException {
    ObjectGraph graph = new ObjectGraph(file.idBytes(), ids, classes);
    for (DumpClass type : classes.dumped()) {
      graph.mirror(type);
    }
    file.read(OBJECTS, graph::record);
    return graph;
  }

  ObjectIds ids() {
    return ids;
  }

  ClassTable classes() {
    return classes;
  }

  int size() {
    return classOf.length;
  }

  int classOf(int object) {
    return classOf[object];
  }

  /** The elements of an array, or a negative number. */
  int length(int object) {
    return length[object];
  }

  /** Whether an object stands for a class, whose static fields are its references. */
  boolean isClass(int object) {
    return length[object] == MIRROR;
  }

  int references(int object) {
    return start[object] == WITHOUT ? 0 : references.get(start[object] + 1);
  }

  int reference(int object, int at) {
    return references.get(start[object] + 2 + at);
  }

  interface Reference {
    void fromTo(int from, int to);
  }

  /** Tells all references; the last time they are given back meanwhile. */
  void each(Reference each, boolean last) {
    for (int at = 0; at < references.size(); ) {
      int from = references.get(at);
      int count = references.get(at + 1);
      for (int to = at + 2; to < at + 2 + count; to++) {
        each.fromTo(from, references.get(to));
      }
      at += 2 + count;
      if (last) {
        references.forgetBefore(at);
      }
    }
  }

  private void record(HprofRecordTag tag, long ignored, HprofRecordReader in) {
    int object = ids.indexOf(in.readId());
    if (object == ObjectIds.NONE) {
      throw new Damage("its objects changed while it was read");
    }
    in.skip(Integer.BYTES);
    switch (tag) {
      case INSTANCE_DUMP -> instance(object, in);
      case OBJECT_ARRAY_DUMP -> array(object, in);
      default -> {
        long count = in.readUnsignedInt();
        int type = in.readUnsignedByte();
        classOf[object] = classes.numberOfArrayOf(type);
        length[object] = count(count);
        in.skip(count * ValueType.bytes(type, idBytes));
      }
    }
  }

  private void instance(int object, HprofRecordReader in) {
    int type = classes.number(in.readId());
    long bytes = in.readUnsignedInt();
    if (bytes != classes.fieldBytes(type)) {
      throw new Damage("an object whose fields are not those of its class");
    }
    byte[] fields = in.readByteArray((int) bytes);
    classOf[object] = type;
    length[object] = INSTANCE;
    int begin = begin(object);
    for (int offset : classes.references(type)) {
      add(classes.idAt(fields, offset));
    }
    addClass(type);
    end(object, begin);
  }

  private void array(int object, HprofRecordReader in) {
    long count = in.readUnsignedInt();
    int type = classes.number(in.readId());
    classOf[object] = type;
    length[object] = count(count);
    int begin = begin(object);
    for (long at = 0; at < count; at++) {
      add(in.readId());
    }
    addClass(type);
    end(object, begin);
  }

  private void mirror(DumpClass type) {
    int object = ids.indexOf(type.id());
    classOf[object] = classes.number(type.id());
    length[object] = MIRROR;
    int begin = begin(object);
    for (DumpClass.Static field : type.statics()) {
      add(field.value());
    }
    for (long id : type.refers()) {
      add(id);
    }
    end(object, begin);
  }

  /** An object holds its class; one that is never unloaded needs nobody for that. */
  private void addClass(int type) {
    if (!classes.lasts(type)) {
      add(classes.get(type).id());
    }
  }

  private static int count(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new Damage("an array of " + count + " elements");
    }
    return (int) count;
  }

  private int begin(int object) {
    int begin = references.size();
    references.add(object);
    references.add(0);
    return begin;
  }

  private void add(long id) {
    int object = id == 0 ? ObjectIds.NONE : ids.indexOf(id);
    if (object != ObjectIds.NONE) {
      references.add(object);
    }
  }

  private void end(int object, int begin) {
    references.set(begin + 1, references.size() - begin - 2);
    start[object] = begin;
  }

  /** The objects of classes that are never unloaded, and of what else the JVM holds. */
  Map<Integer, Root> roots(Iterable<Root> held) {
    Map<Integer, Root> roots = new HashMap<>();
    for (DumpClass type : classes.dumped()) {
      if (classes.lasts(classes.number(type.id()))) {
        roots.put(ids.indexOf(type.id()), new Root(type.id(), RootKind.STATIC_FIELD, 0, -1));
      }
    }
    for (Root root : held) {
      int object = ids.indexOf(root.id());
      if (object != ObjectIds.NONE) {
        roots.merge(object, root, (a, b) -> a.kind().compareTo(b.kind()) <= 0 ? a : b);
      }
    }
    return roots;
  }
}
