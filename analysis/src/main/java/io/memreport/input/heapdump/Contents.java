// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import shark.HprofRecordReader;
import shark.HprofRecordTag;

/** Another pass over a dump, for what a few objects contain. */
final class Contents {
  /** A name that is longer is cut. */
  private static final int LONGEST = 200;

  private static final String NAME = "name";
  private static final String VALUE = "value";
  private static final String CODER = "coder";
  private static final byte UTF16 = 1;

  private final HprofFile file;
  private final ClassTable classes;

  Contents(HprofFile file, ClassTable classes) {
    this.file = file;
    this.classes = classes;
  }

  /** The fields of an instance, of that class and with these bytes. */
  record Instance(int type, byte[] bytes) {}

  /** The instances with these ids; arrays and classes are none. */
  Map<Long, Instance> instances(Collection<Long> wanted) throws IOException {
    Map<Long, Instance> found = new HashMap<>();
    Set<Long> ids = new HashSet<>(wanted);
    if (ids.isEmpty()) {
      return found;
    }
    file.read(
        EnumSet.of(HprofRecordTag.INSTANCE_DUMP),
        (tag, length, in) -> {
          long id = in.readId();
          in.skip(Integer.BYTES);
          if (!ids.contains(id)) {
            in.skipId();
            in.skip(in.readUnsignedInt());
            return;
          }
          int type = classes.number(in.readId());
          found.put(id, new Instance(type, in.readByteArray(fieldBytes(type, in))));
        });
    return found;
  }

  private int fieldBytes(int type, HprofRecordReader in) {
    long bytes = in.readUnsignedInt();
    if (bytes != classes.fieldBytes(type)) {
      throw new Damage("an object whose fields are not those of its class");
    }
    return (int) bytes;
  }

  /** The id in a field of an instance, or 0. */
  long reference(Instance instance, String field) {
    return instance == null
        ? 0
        : classes.fields(instance.type()).stream()
            .filter(at -> at.name().equals(field) && at.type() == ValueType.REFERENCE)
            .mapToLong(at -> classes.idAt(instance.bytes(), at.offset()))
            .findFirst()
            .orElse(0);
  }

  /** What the field called "name" of each of these instances says. */
  Map<Long, String> names(Map<Long, Instance> named) throws IOException {
    Map<Long, Long> strings = new HashMap<>();
    named.forEach((id, instance) -> strings.put(id, reference(instance, NAME)));
    strings.values().remove(0L);
    Map<Long, Instance> texts = instances(strings.values());
    Map<Long, Long> values = new HashMap<>();
    texts.forEach((id, text) -> values.put(id, reference(text, VALUE)));
    values.values().remove(0L);
    Map<Long, byte[]> bytes = bytes(new HashSet<>(values.values()));
    Map<Long, String> names = new HashMap<>();
    strings.forEach(
        (id, string) -> {
          byte[] value = bytes.get(values.getOrDefault(string, 0L));
          if (value != null) {
            names.put(id, text(texts.get(string), value));
          }
        });
    return names;
  }

  private String text(Instance string, byte[] value) {
    boolean wide =
        classes.fields(string.type()).stream()
            .anyMatch(at -> at.name().equals(CODER) && string.bytes()[at.offset()] == UTF16);
    if (!wide) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
    // In the order of the machine's bytes, and machines that are big-endian are rare.
    return new String(value, StandardCharsets.UTF_16LE);
  }

  private Map<Long, byte[]> bytes(Set<Long> wanted) throws IOException {
    Map<Long, byte[]> found = new HashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    file.read(
        EnumSet.of(HprofRecordTag.PRIMITIVE_ARRAY_DUMP),
        (tag, length, in) -> {
          long id = in.readId();
          in.skip(Integer.BYTES);
          long count = in.readUnsignedInt();
          int element = ValueType.bytes(in.readUnsignedByte(), file.idBytes());
          int kept = wanted.contains(id) && element == 1 ? (int) Math.min(count, LONGEST) : 0;
          if (wanted.contains(id)) {
            found.put(id, in.readByteArray(kept));
          }
          in.skip(count * element - kept);
        });
    return found;
  }
}
