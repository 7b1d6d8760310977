// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the values of one type are written: field by field, as the metadata has them. */
final class TypeLayout {
  /** Types of the JDK nest no deeper than a few; a damaged type may hold itself. */
  private static final int DEEPEST = 64;

  private enum Kind {
    NUMBER,
    ONE_BYTE,
    FOUR_BYTES,
    EIGHT_BYTES,
    STRING,
    FIELDS
  }

  /**
   * @param type what the field holds
   * @param pooled whether it is written as a key to the pool of its type
   */
  private record Field(TypeLayout type, boolean array, boolean pooled) {}

  private final long id;
  private final String name;
  private final boolean keptEvent;
  private final Kind kind;
  private final List<Field> fields = new ArrayList<>();

  /** Its number among the pools of the chunk, or -1 if it has none. */
  private int pool = -1;

  TypeLayout(long id, String name, boolean keptEvent) {
    this.id = id;
    this.name = name;
    this.keptEvent = keptEvent;
    this.kind =
        switch (name) {
          case "byte", "boolean" -> Kind.ONE_BYTE;
          case "char", "short", "int", "long" -> Kind.NUMBER;
          case "float" -> Kind.FOUR_BYTES;
          case "double" -> Kind.EIGHT_BYTES;
          case "java.lang.String" -> Kind.STRING;
          default -> Kind.FIELDS;
        };
  }

  void add(TypeLayout type, boolean array, boolean pooled) {
    fields.add(new Field(type, array, pooled));
  }

  long id() {
    return id;
  }

  boolean isKeptEvent() {
    return keptEvent;
  }

  int pool() {
    return pool;
  }

  void pool(int number) {
    pool = number;
  }

  /**
   * Goes behind a value of this type.
   *
   * @param strings the type of strings, which say of themselves whether they are pooled
   * @param pools is told what the value refers to; null if nobody wants to know
   */
  void walk(ChunkBytes bytes, TypeLayout strings, Pools pools) throws IOException {
    walk(bytes, strings, pools, 0);
  }

  private void walk(ChunkBytes bytes, TypeLayout strings, Pools pools, int depth)
      throws IOException {
    switch (kind) {
      case NUMBER -> bytes.number();
      case ONE_BYTE -> bytes.skip(1);
      case FOUR_BYTES -> bytes.skip(Float.BYTES);
      case EIGHT_BYTES -> bytes.skip(Double.BYTES);
      case STRING -> {
        long key = bytes.skipString();
        if (key >= 0 && pools != null) {
          pools.keep(strings, key);
        }
      }
      case FIELDS -> {
        if (depth > DEEPEST || fields.isEmpty()) {
          throw new IOException("the chunk's type " + name + " can't be read");
        }
        for (int i = 0; i < fields.size(); i++) {
          Field field = fields.get(i);
          for (int left = field.array() ? bytes.count() : 1; left > 0; left--) {
            if (!field.pooled()) {
              field.type().walk(bytes, strings, pools, depth + 1);
            } else {
              long key = bytes.number();
              if (pools != null) {
                pools.keep(field.type(), key);
              }
            }
          }
        }
      }
    }
  }
}
