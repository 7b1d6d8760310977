// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import shark.GcRoot;
import shark.HprofHeader;
import shark.HprofRecord;
import shark.HprofRecord.HeapDumpRecord.GcRootRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.ClassDumpRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.ClassDumpRecord.FieldRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.ClassDumpRecord.StaticFieldRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.InstanceDumpRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.ObjectArrayDumpRecord;
import shark.HprofRecord.HeapDumpRecord.ObjectRecord.PrimitiveArrayDumpRecord.ByteArrayDump;
import shark.HprofVersion;
import shark.HprofWriter;
import shark.ValueHolder.ReferenceHolder;

/** A heap dump that a test makes up. The application's classes have a loader of their own. */
final class ADump {
  private static final int REFERENCE = ValueType.REFERENCE;
  private static final long TAKEN = 1_790_000_000_000L;

  private final List<HprofRecord> names = new ArrayList<>();
  private final List<HprofRecord> records = new ArrayList<>();
  private long strings = 1;
  private int serials = 1;

  /** A class with fields that are references. */
  ADump type(long id, String name, long superId, long loaderId, String... fields) {
    return type(id, name, superId, loaderId, List.of(), fields);
  }

  /** The same with a static field for each of these objects: A, B, C… */
  ADump type(
      long id, String name, long superId, long loaderId, List<Long> statics, String... fields) {
    names.add(new HprofRecord.LoadClassRecord(serials++, id, 0, string(name)));
    List<FieldRecord> declared = new ArrayList<>();
    for (String field : fields) {
      declared.add(new FieldRecord(string(field), REFERENCE));
    }
    List<StaticFieldRecord> values = new ArrayList<>();
    for (long value : statics) {
      String field = String.valueOf((char) ('A' + values.size()));
      values.add(new StaticFieldRecord(string(field), REFERENCE, new ReferenceHolder(value)));
    }
    records.add(
        new ClassDumpRecord(id, 0, superId, loaderId, 0, 0, 8 * fields.length, values, declared));
    return this;
  }

  ADump object(long id, long type, long... references) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * references.length);
    for (long reference : references) {
      bytes.putLong(reference);
    }
    records.add(new InstanceDumpRecord(id, 0, type, bytes.array()));
    return this;
  }

  ADump array(long id, long type, long... elements) {
    records.add(new ObjectArrayDumpRecord(id, 0, type, elements));
    return this;
  }

  ADump bytes(long id, int length) {
    records.add(new ByteArrayDump(id, 0, new byte[length]));
    return this;
  }

  ADump root(GcRoot root) {
    records.add(new GcRootRecord(root));
    return this;
  }

  /** In another order, as dumps that several threads write. */
  ADump backwards() {
    Collections.reverse(records);
    return this;
  }

  private long string(String text) {
    names.add(new HprofRecord.StringRecord(strings, text));
    return strings++;
  }

  Path write(Path file) throws IOException {
    try (HprofWriter writer =
        HprofWriter.Companion.openWriterFor(
            file.toFile(), new HprofHeader(TAKEN, HprofVersion.JDK_6, 8))) {
      names.forEach(writer::write);
      records.forEach(writer::write);
    }
    return file;
  }
}
