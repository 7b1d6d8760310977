// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

/** How many bytes values take, and how classes are named. */
final class ValueType {
  static final int REFERENCE = 2;

  /** The types of the format, from {@link #FIRST} on. */
  private static final int[] BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

  private static final String[] NAMES = {
    "boolean", "char", "float", "double", "byte", "short", "int", "long"
  };
  private static final String DESCRIPTORS = "ZCFDBSIJ";
  private static final int FIRST = 4;
  static final int LAST = FIRST + BYTES.length - 1;

  private ValueType() {}

  static boolean isNumber(int type) {
    return type >= FIRST && type <= LAST;
  }

  static int bytes(int type, int referenceBytes) {
    if (type == REFERENCE) {
      return referenceBytes;
    }
    if (!isNumber(type)) {
      throw new Damage("a value of type " + type);
    }
    return BYTES[type - FIRST];
  }

  /** As in {@code byte[]}. */
  static String arrayName(int type) {
    return NAMES[type - FIRST] + "[]";
  }

  /** The name in source code of what a dump calls {@code [Ljava/lang/String;}. */
  static String sourceName(String binary) {
    int dimensions = 0;
    while (dimensions < binary.length() && binary.charAt(dimensions) == '[') {
      dimensions++;
    }
    String name = binary.substring(dimensions);
    if (dimensions > 0) {
      int primitive = name.length() == 1 ? DESCRIPTORS.indexOf(name.charAt(0)) : -1;
      if (primitive >= 0) {
        name = NAMES[primitive];
      } else if (name.startsWith("L") && name.endsWith(";")) {
        name = name.substring(1, name.length() - 1);
      }
    }
    return name.replace('/', '.') + "[]".repeat(dimensions);
  }
}
