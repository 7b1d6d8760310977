// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

/** Names of classes as JFR writes them, for people: {@code [B} is {@code byte[]}. */
final class ClassNames {
  private static final String CODES = "BCDFIJSZ";
  private static final String[] PRIMITIVES = {
    "byte", "char", "double", "float", "int", "long", "short", "boolean"
  };

  private ClassNames() {}

  static String readable(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0) {
      return name;
    }
    String element = name.substring(dimensions);
    int code = element.length() == 1 ? CODES.indexOf(element.charAt(0)) : -1;
    String readable =
        code >= 0
            ? PRIMITIVES[code]
            : element.startsWith("L") ? element.substring(1).replace(";", "") : element;
    return readable.replace('/', '.') + "[]".repeat(dimensions);
  }
}
