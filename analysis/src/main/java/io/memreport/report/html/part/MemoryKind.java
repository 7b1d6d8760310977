// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * An owner of resident memory, in the order in which charts stack them: SQLite lies at the bottom,
 * where a flat base line makes its growth readable.
 */
public enum MemoryKind {
  SQLITE(
      "SQLite heap",
      "what SQLite's library asked of malloc: page caches, statements, in-memory databases",
      "#d4551c",
      "",
      MemoryAtEnd::sqliteBytes,
      MemorySample::sqliteBytes),
  SHARED(
      "Shared memory",
      "SysV and POSIX segments, the WAL index, anonymous shared maps",
      "#b5488f",
      "M1 2H3M5 6H7",
      MemoryAtEnd::sharedBytes,
      MemorySample::sharedBytes),
  DIRECT(
      "Direct buffers",
      "java.nio direct and mapped byte buffers",
      "#8659b5",
      "M-1 1L1 -1M0 8L8 0M7 9L9 7",
      MemoryAtEnd::directBufferBytes,
      MemorySample::directBufferBytes),
  JAVA_HEAP(
      "Java heap",
      "objects of the application and room the collector keeps for them",
      "#3d72c4",
      "M-1 7L1 9M0 0L8 8M7 -1L9 1",
      MemoryAtEnd::javaHeapBytes,
      MemorySample::javaHeapBytes),
  METASPACE(
      "Metaspace",
      "classes",
      "#2b8a8a",
      "M0 4H8",
      MemoryAtEnd::metaspaceBytes,
      MemorySample::metaspaceBytes),
  CODE_CACHE(
      "Code cache",
      "compiled methods",
      "#5b9a4a",
      "M4 0V8",
      MemoryAtEnd::codeCacheBytes,
      MemorySample::codeCacheBytes),
  THREAD_STACKS(
      "Thread stacks",
      "stacks of Java and JVM threads",
      "#a5852a",
      "M4 0V8M0 4H8",
      MemoryAtEnd::threadStackBytes,
      MemorySample::threadStackBytes),
  LIBRARIES(
      "Other JNI libraries",
      "what other native libraries asked of malloc",
      "#b98a5e",
      "M0 0L8 8M0 8L8 0",
      MemoryAtEnd::libraryBytes,
      MemorySample::libraryBytes),
  GC(
      "Collector",
      "the garbage collector's own tables, if native memory tracking is on",
      "#64748b",
      "M2 2h4v4h-4z",
      MemoryAtEnd::gcBytes,
      MemorySample::gcBytes),
  MALLOC(
      "Malloc, not counted",
      "the JVM's own C++ code and libraries that are not counted",
      "#7d8f69",
      "M2 0V4M6 4V8",
      MemoryAtEnd::mallocBytes,
      MemorySample::mallocBytes),
  FREED(
      "Kept free by malloc",
      "blocks that the process gave back, and malloc did not give back to the system",
      "#c2a83e",
      "M0 8L8 0",
      MemoryAtEnd::freedBytes,
      null),
  MAPPED_FILES(
      "Mapped files",
      "jars, libraries, databases under mmap",
      "#8a97a6",
      "M0 2H8M0 6H8",
      MemoryAtEnd::mappedFileBytes,
      MemorySample::mappedFileBytes),
  OTHER(
      "Other, unexplained",
      "resident, but nobody whom memreport can see claims it",
      "#b9c0c8",
      "M0 4L4 0M0 8L8 0M4 8L8 4",
      MemoryAtEnd::otherBytes,
      null);

  public final String label;
  public final String meaning;
  public final String colour;

  /** Lines of its pattern: an SVG path on a tile of {@value Hatch#TILE}, empty for a plain area. */
  public final String hatch;

  private final Function<MemoryAtEnd, Long> end;
  private final Function<MemorySample, Long> sample;

  MemoryKind(
      String label,
      String meaning,
      String colour,
      String hatch,
      Function<MemoryAtEnd, Long> end,
      Function<MemorySample, Long> sample) {
    this.label = label;
    this.meaning = meaning;
    this.colour = colour;
    this.hatch = hatch;
    this.end = end;
    this.sample = sample;
  }

  /** The name that style sheet and script know it by. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Black or white, whichever reads better on its colour: one of them always does, at 4.5 to 1. */
  public String ink() {
    double luminance = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < weights.length; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      luminance +=
          weights[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return luminance > 0.179 ? "#000000" : "#ffffff";
  }

  /** The kind with this key. */
  public static MemoryKind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Kinds that have a row of their own, known or not: what malloc keeps is part of malloc's if not.
   */
  public static List<MemoryKind> toldOf(MemoryAtEnd memory) {
    return Arrays.stream(values())
        .filter(kind -> kind != FREED || kind.atEnd(memory) != null)
        .toList();
  }

  /** Its bytes at the end of a run, null where unknown. */
  public Long atEnd(MemoryAtEnd memory) {
    return end.apply(memory);
  }

  /** Its bytes in a sample, null where unknown. */
  public Long in(MemorySample memory) {
    return sample == null ? null : sample.apply(memory);
  }
}
