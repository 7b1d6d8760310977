// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes of a dump by number: those of arrays of numbers last, which a dump need not tell. */
final class ClassTable {
  /**
   * The loaders of these fields live as long as the JVM, and so do the classes that they define.
   */
  private static final String LOADERS = "jdk.internal.loader.ClassLoaders";

  private static final Set<String> LASTING_LOADERS =
      Set.of("BOOT_LOADER", "PLATFORM_LOADER", "APP_LOADER");

  /** What these refer to is not held by that: a collection clears it. */
  private static final Set<String> WEAK =
      Set.of("java.lang.ref.WeakReference", "java.lang.ref.PhantomReference");

  private static final String REFERENCE = "java.lang.ref.Reference";
  private static final String REFERENT = "referent";

  private final int idBytes;
  private final List<DumpClass> classes;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final int ofNumbers;
  private final Set<Long> lasting = new HashSet<>(Set.of(0L));

  /** Where the strong references of a class's instances are among their bytes; null until asked. */
  private final int[][] references;

  private final int[] fieldBytes;

  ClassTable(List<DumpClass> dumped, int idBytes) {
    this.idBytes = idBytes;
    classes = new ArrayList<>(dumped);
    ofNumbers = classes.size();
    for (int type = 0; type <= ValueType.LAST; type++) {
      classes.add(DumpClass.named(ValueType.isNumber(type) ? ValueType.arrayName(type) : ""));
    }
    references = new int[classes.size()][];
    fieldBytes = new int[classes.size()];
    Arrays.fill(fieldBytes, -1);
    for (int number = 0; number < ofNumbers; number++) {
      DumpClass type = classes.get(number);
      numbers.put(type.id(), number);
      if (type.name().equals(LOADERS)) {
        type.statics().stream()
            .filter(field -> LASTING_LOADERS.contains(field.name()))
            .forEach(field -> lasting.add(field.value()));
      }
    }
  }

  int size() {
    return classes.size();
  }

  DumpClass get(int number) {
    return classes.get(number);
  }

  /** The classes that the dump has as objects. */
  List<DumpClass> dumped() {
    return classes.subList(0, ofNumbers);
  }

  int number(long classId) {
    Integer number = numbers.get(classId);
    if (number == null) {
      throw new Damage("an object of a class that is not in it");
    }
    return number;
  }

  int numberOfArrayOf(int type) {
    if (!ValueType.isNumber(type)) {
      throw new Damage("an array of type " + type);
    }
    return ofNumbers + type;
  }

  /** What an element of an array of numbers takes; 0 for other classes. */
  int elementBytes(int number) {
    int type = number - ofNumbers;
    return type >= 0 && ValueType.isNumber(type) ? ValueType.bytes(type, idBytes) : 0;
  }

  /**
   * Whether a class is never unloaded, as those of the application are without loaders of its own.
   */
  boolean lasts(int number) {
    return lasting.contains(classes.get(number).loaderId());
  }

  /** A class and those above it. */
  List<DumpClass> hierarchy(int number) {
    List<DumpClass> hierarchy = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (DumpClass at = classes.get(number); at != null; at = above(at)) {
      if (!seen.add(at.id())) {
        throw new Damage("a class above itself");
      }
      hierarchy.add(at);
    }
    return hierarchy;
  }

  private DumpClass above(DumpClass type) {
    return type.superId() == 0 ? null : classes.get(number(type.superId()));
  }

  /** How many bytes the fields of an instance take in the dump. */
  int fieldBytes(int number) {
    if (fieldBytes[number] < 0) {
      fieldBytes[number] = sum(number, idBytes);
    }
    return fieldBytes[number];
  }

  /** The same, with references of another size. */
  int sum(int number, int referenceBytes) {
    int bytes = 0;
    for (DumpClass type : hierarchy(number)) {
      for (DumpClass.Field field : type.fields()) {
        bytes += ValueType.bytes(field.type(), referenceBytes);
      }
    }
    return bytes;
  }

  int[] references(int number) {
    if (references[number] == null) {
      boolean weak = hierarchy(number).stream().anyMatch(type -> WEAK.contains(type.name()));
      references[number] =
          fields(number).stream()
              .filter(field -> field.type == ValueType.REFERENCE)
              .filter(
                  field ->
                      !weak || !field.name.equals(REFERENT) || !field.of.name().equals(REFERENCE))
              .mapToInt(Placed::offset)
              .toArray();
    }
    return references[number];
  }

  /** A field with its place among the bytes of an instance. */
  record Placed(DumpClass of, String name, int type, int offset) {}

  /** All fields of a class's instances. */
  List<Placed> fields(int number) {
    List<Placed> fields = new ArrayList<>();
    int offset = 0;
    for (DumpClass type : hierarchy(number)) {
      for (DumpClass.Field field : type.fields()) {
        fields.add(new Placed(type, field.name(), field.type(), offset));
        offset += ValueType.bytes(field.type(), idBytes);
      }
    }
    return fields;
  }

  /** The id that stands at a place of an instance's bytes. */
  long idAt(byte[] bytes, int offset) {
    long id = idBytes == Integer.BYTES ? bytes[offset] : 0;
    for (int at = idBytes == Integer.BYTES ? 1 : 0; at < idBytes; at++) {
      id = id << 8 | bytes[offset + at] & 0xff;
    }
    return id;
  }
}
