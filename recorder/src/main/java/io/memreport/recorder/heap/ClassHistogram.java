// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bytes of live objects by class, as {@code jcmd PID GC.class_histogram} tells them: the JVM does a
 * full collection, then counts. Takes about 0.1 s for the heap of a suite, and 1.5 s for six
 * million objects.
 */
public final class ClassHistogram {
  private static final String COMMAND = "GC.class_histogram";

  /** What newer JVMs put where no object is any more. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  /** Names that were ever seen, so that a histogram is itself next to nothing in the next one. */
  private static final Map<String, Integer> INDEXES = new HashMap<>();

  private static final List<String> NAMES = new ArrayList<>();

  /** By index; a name that came later has none. */
  private final long[] bytes;

  private ClassHistogram(long[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Counts now.
   *
   * @return null if the JVM does not tell
   */
  public static ClassHistogram read() {
    return parse(DiagnosticCommand.run(COMMAND));
  }

  /** Of lines such as {@code 1: 12 384 [B (java.base@17.0.1)}; null if there are none. */
  static ClassHistogram parse(String text) {
    if (text == null) {
      return null;
    }
    List<String[]> rows = rows(text).toList();
    synchronized (INDEXES) {
      rows.forEach(row -> index(row[0]));
      long[] bytes = new long[NAMES.size()];
      rows.forEach(row -> bytes[index(row[0])] += Long.parseLong(row[1]));
      return rows.isEmpty() ? null : new ClassHistogram(bytes);
    }
  }

  /** What all objects take; -1 if the JVM does not tell. Nothing of it is kept. */
  static long total() {
    return total(DiagnosticCommand.run(COMMAND));
  }

  static long total(String text) {
    long sum = text == null ? 0 : rows(text).mapToLong(row -> Long.parseLong(row[1])).sum();
    return sum == 0 ? -1 : sum;
  }

  /** Class and bytes of each line. */
  private static Stream<String[]> rows(String text) {
    return text.lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 4 && words[0].endsWith(":") && isNumber(words[2]))
        .map(words -> new String[] {sourceName(words[3]), words[2]})
        .filter(row -> !row[0].startsWith(FILLER));
  }

  private static int index(String name) {
    Integer known = INDEXES.putIfAbsent(name, NAMES.size());
    if (known != null) {
      return known;
    }
    NAMES.add(name);
    return NAMES.size() - 1;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** What objects of each class take more than in an earlier histogram, or less. */
  public Map<String, Long> since(ClassHistogram earlier) {
    Map<String, Long> growth = new HashMap<>();
    synchronized (INDEXES) {
      for (int i = 0; i < NAMES.size(); i++) {
        long change = at(i) - earlier.at(i);
        if (change != 0) {
          growth.put(NAMES.get(i), change);
        }
      }
    }
    return growth;
  }

  private long at(int index) {
    return index < bytes.length ? bytes[index] : 0;
  }

  /** {@code [[J} is {@code long[][]}, {@code [Ljava.lang.String;} is {@code java.lang.String[]}. */
  private static String sourceName(String histogramName) {
    // Hidden classes, such as those of lambdas, have an address behind it that is never the same.
    String name = histogramName.split("/", 2)[0];
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0) {
      return name;
    }
    String element = name.substring(dimensions);
    String plain =
        element.startsWith("L") && element.endsWith(";")
            ? element.substring(1, element.length() - 1)
            : primitive(element);
    return plain + "[]".repeat(dimensions);
  }

  private static String primitive(String code) {
    return switch (code) {
      case "B" -> "byte";
      case "C" -> "char";
      case "D" -> "double";
      case "F" -> "float";
      case "I" -> "int";
      case "J" -> "long";
      case "S" -> "short";
      case "Z" -> "boolean";
      default -> code;
    };
  }
}
