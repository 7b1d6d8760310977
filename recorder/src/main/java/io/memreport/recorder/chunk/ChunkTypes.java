// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the metadata of a chunk says of its types: a pool of strings and a tree of elements, whose
 * names and attributes are numbers of these strings. See jdk.jfr.internal.MetadataWriter.
 */
final class ChunkTypes {
  private static final String EVENT = "jdk.jfr.Event";
  private static final String STRING = "java.lang.String";

  /** Root, metadata, class, field, annotation. */
  private static final int DEEPEST = 16;

  private record FieldElement(long owner, Map<String, String> attributes) {}

  private final ChunkBytes bytes;
  private final Predicate<String> kept;
  private final Map<Long, TypeLayout> types = new HashMap<>();
  private final List<FieldElement> fields = new ArrayList<>();
  private String[] strings;
  private TypeLayout string;

  private ChunkTypes(ChunkBytes bytes, Predicate<String> kept) {
    this.bytes = bytes;
    this.kept = kept;
  }

  /**
   * Reads the metadata.
   *
   * @param bytes stand where the content of the metadata event begins, behind size and type
   * @param kept which types of events are kept, by name
   */
  static ChunkTypes read(ChunkBytes bytes, Predicate<String> kept) throws IOException {
    ChunkTypes types = new ChunkTypes(bytes, kept);
    // Start, duration and number of the metadata.
    for (int i = 0; i < 3; i++) {
      bytes.number();
    }
    types.strings = new String[bytes.count()];
    for (int i = 0; i < types.strings.length; i++) {
      types.strings[i] = bytes.string();
    }
    types.element(-1, 0);
    types.connect();
    return types;
  }

  TypeLayout type(long id) {
    return types.get(id);
  }

  /** The type of strings. */
  TypeLayout string() {
    return string;
  }

  private void element(long owner, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("the chunk's metadata is nested too deeply");
    }
    String name = name();
    Map<String, String> attributes = new HashMap<>();
    for (int left = bytes.count(); left > 0; left--) {
      attributes.put(name(), name());
    }
    long within = owner;
    if ("class".equals(name)) {
      within = number(attributes, "id");
      String typeName = String.valueOf(attributes.get("name"));
      boolean keptEvent = EVENT.equals(attributes.get("superType")) && kept.test(typeName);
      TypeLayout type = new TypeLayout(within, typeName, keptEvent);
      types.put(within, type);
      if (STRING.equals(typeName)) {
        string = type;
      }
    } else if ("field".equals(name)) {
      fields.add(new FieldElement(owner, attributes));
    }
    for (int left = bytes.count(); left > 0; left--) {
      element(within, depth + 1);
    }
  }

  private String name() throws IOException {
    long index = bytes.number();
    if (index < 0 || index >= strings.length) {
      throw new IOException("the chunk's metadata has no string " + index);
    }
    return strings[(int) index];
  }

  /** Once all types are known: a field may be of one that comes later. */
  private void connect() throws IOException {
    for (FieldElement field : fields) {
      TypeLayout owner = types.get(field.owner());
      TypeLayout type = types.get(number(field.attributes(), "class"));
      if (owner == null || type == null) {
        throw new IOException("the chunk's metadata has a field of an unknown type");
      }
      owner.add(
          type,
          field.attributes().containsKey("dimension")
              && number(field.attributes(), "dimension") > 0,
          field.attributes().containsKey("constantPool"));
    }
  }

  private static long number(Map<String, String> attributes, String name) throws IOException {
    try {
      return Long.parseLong(attributes.get(name));
    } catch (NumberFormatException e) {
      throw new IOException("the chunk's metadata has no number " + name, e);
    }
  }
}
