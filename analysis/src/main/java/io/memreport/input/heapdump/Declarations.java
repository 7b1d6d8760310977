// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import io.memreport.model.heapdump.RootKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.ClassDumpRecord;
import shark.HprofRecord.LoadClassRecord;
import shark.HprofRecord.StackFrameRecord;
import shark.HprofRecord.StackTraceRecord;
import shark.HprofRecordReader;
import shark.HprofRecordTag;
import shark.ValueHolder.ReferenceHolder;

/** The first pass over a dump: its classes, roots and stacks, and which objects there are. */
final class Declarations {
  /** Names are shorter: they are symbols of class files. */
  private static final int LONGEST_NAME = 1 << 16;

  private static final String UNNAMED = "(unnamed)";

  private final int idBytes;
  private final Map<Long, String> strings = new HashMap<>();
  private final Map<Long, Long> classNames = new HashMap<>();
  private final Map<Integer, Long> classSerials = new HashMap<>();
  private final Map<Long, StackFrameRecord> frames = new HashMap<>();
  private final Map<Integer, StackTraceRecord> traces = new HashMap<>();
  private final Map<Integer, Integer> traceOfThread = new HashMap<>();
  private final Map<Integer, Long> threads = new HashMap<>();
  private final List<ClassDumpRecord> dumps = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private final ObjectIds.Builder ids = new ObjectIds.Builder();

  private Declarations(int idBytes) {
    this.idBytes = idBytes;
  }

  static Declarations of(HprofFile file) throws IOException {
    Declarations found = new Declarations(file.idBytes());
    file.read(EnumSet.allOf(HprofRecordTag.class), found::record);
    return found;
  }

  ObjectIds objects() {
    return ids.build();
  }

  List<Root> roots() {
    return roots;
  }

  /** The object of a thread, or 0. */
  long thread(int serial) {
    return threads.getOrDefault(serial, 0L);
  }

  /** All classes, with their names. */
  List<DumpClass> classes() {
    return dumps.stream().map(this::named).toList();
  }

  /** Where a thread stood, as in {@code com.acme.Foo.run(Foo.java:12)}; null if unknown. */
  String frame(int thread, int depth) {
    StackTraceRecord trace = traces.get(traceOfThread.getOrDefault(thread, 0));
    if (trace == null || depth < 0 || depth >= trace.getStackFrameIds().length) {
      return null;
    }
    StackFrameRecord frame = frames.get(trace.getStackFrameIds()[depth]);
    if (frame == null) {
      return null;
    }
    String file = strings.get(frame.getSourceFileNameStringId());
    return className(classSerials.getOrDefault(frame.getClassSerialNumber(), 0L))
        + "."
        + string(frame.getMethodNameStringId())
        + (file == null || frame.getLineNumber() <= 0
            ? ""
            : "(" + file + ":" + frame.getLineNumber() + ")");
  }

  private DumpClass named(ClassDumpRecord dump) {
    int bytes = 0;
    List<DumpClass.Static> statics = new ArrayList<>();
    for (ClassDumpRecord.StaticFieldRecord field : dump.getStaticFields()) {
      bytes += ValueType.bytes(field.getType(), idBytes);
      if (field.getValue() instanceof ReferenceHolder reference && reference.getValue() != 0) {
        statics.add(new DumpClass.Static(string(field.getNameStringId()), reference.getValue()));
      }
    }
    return new DumpClass(
        dump.getId(),
        className(dump.getId()),
        dump.getSuperclassId(),
        dump.getClassLoaderId(),
        dump.getFields().stream()
            .map(field -> new DumpClass.Field(string(field.getNameStringId()), field.getType()))
            .toList(),
        List.copyOf(statics),
        new long[] {
          dump.getClassLoaderId(),
          dump.getSuperclassId(),
          dump.getSignersId(),
          dump.getProtectionDomainId()
        },
        bytes);
  }

  private String className(long classId) {
    Long name = classNames.get(classId);
    return name == null ? UNNAMED : ValueType.sourceName(string(name));
  }

  private String string(long id) {
    return strings.getOrDefault(id, UNNAMED);
  }

  private void record(HprofRecordTag tag, long length, HprofRecordReader in) {
    switch (tag) {
      case STRING_IN_UTF8 -> string(length, in);
      case LOAD_CLASS -> {
        LoadClassRecord loaded = in.readLoadClassRecord();
        classNames.put(loaded.getId(), loaded.getClassNameStringId());
        classSerials.put(loaded.getClassSerialNumber(), loaded.getId());
      }
      case STACK_FRAME -> {
        StackFrameRecord frame = in.readStackFrameRecord();
        frames.put(frame.getId(), frame);
      }
      case STACK_TRACE -> trace(length, in);
      case CLASS_DUMP -> {
        ClassDumpRecord dump = in.readClassDumpRecord();
        dumps.add(dump);
        ids.add(dump.getId());
      }
      case INSTANCE_DUMP -> {
        ids.add(in.readId());
        in.skip(Integer.BYTES + idBytes);
        in.skip(in.readUnsignedInt());
      }
      case OBJECT_ARRAY_DUMP -> {
        ids.add(in.readId());
        in.skip(Integer.BYTES);
        in.skip((in.readUnsignedInt() + 1) * idBytes);
      }
      case PRIMITIVE_ARRAY_DUMP -> {
        ids.add(in.readId());
        in.skip(Integer.BYTES);
        long count = in.readUnsignedInt();
        in.skip(count * ValueType.bytes(in.readUnsignedByte(), idBytes));
      }
      case HEAP_DUMP_INFO -> in.skip(Integer.BYTES + idBytes);
      default -> root(tag, in);
    }
  }

  private void string(long length, HprofRecordReader in) {
    if (length < idBytes) {
      throw new Damage("a name of " + length + " bytes");
    }
    long id = in.readId();
    if (length - idBytes > LONGEST_NAME) {
      in.skip(length - idBytes);
    } else {
      strings.put(id, in.readUtf8(length - idBytes));
    }
  }

  private void trace(long length, HprofRecordReader in) {
    int serial = in.readInt();
    int thread = in.readInt();
    long count = in.readUnsignedInt();
    if (3 * Integer.BYTES + count * idBytes != length) {
      throw new Damage("a stack of " + count + " frames");
    }
    traces.put(serial, new StackTraceRecord(serial, thread, in.readIdArray((int) count)));
  }

  private void root(HprofRecordTag tag, HprofRecordReader in) {
    long id = in.readId();
    switch (tag) {
      case ROOT_JNI_GLOBAL -> {
        in.skip(idBytes);
        roots.add(new Root(id, RootKind.JNI, 0, -1));
      }
      case ROOT_JNI_LOCAL, ROOT_JAVA_FRAME ->
          roots.add(new Root(id, RootKind.LOCAL_VARIABLE, in.readInt(), in.readInt()));
      case ROOT_NATIVE_STACK, ROOT_THREAD_BLOCK ->
          roots.add(new Root(id, RootKind.LOCAL_VARIABLE, in.readInt(), -1));
      case ROOT_THREAD_OBJECT -> {
        int serial = in.readInt();
        traceOfThread.put(serial, in.readInt());
        threads.put(serial, id);
        roots.add(new Root(id, RootKind.THREAD, serial, -1));
      }
      case ROOT_STICKY_CLASS -> roots.add(new Root(id, RootKind.STATIC_FIELD, 0, -1));
      case ROOT_MONITOR_USED -> roots.add(new Root(id, RootKind.LOCK, 0, -1));
      case ROOT_JNI_MONITOR -> {
        in.skip(2 * Integer.BYTES);
        roots.add(new Root(id, RootKind.LOCK, 0, -1));
      }
      // What nothing holds is in the dump, but held by nobody.
      case ROOT_UNREACHABLE, ROOT_FINALIZING, ROOT_REFERENCE_CLEANUP -> {}
      default -> roots.add(new Root(id, RootKind.JVM, 0, -1));
    }
  }
}
