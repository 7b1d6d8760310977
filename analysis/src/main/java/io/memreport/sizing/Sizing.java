// SPDX-License-Identifier: Apache-2.0
package io.memreport.sizing;

import io.memreport.diagnosis.words.Units;

/**
 * How large SQLite's memory should be on a host. Sizes of caches are KiB, as a negative cache_size
 * counts.
 *
 * @param forSqliteBytes what is left for SQLite, files that the kernel caches included
 * @param startKib the cache of a connection to begin with
 * @param ceilingKib the most that it should ever be given
 * @param worstBytes what all connections take with the first: each with a full cache, a sort and
 *     its own
 * @param ceilingWorstBytes likewise with the second
 * @param mmapBytes how much of the database to map; 0 for none
 * @param heapLimitBytes what soft and hard heap limit would be where they are enforced
 * @param minimumIdle connections that a pool keeps when nobody asks
 */
public record Sizing(
    Host host,
    long forSqliteBytes,
    long startKib,
    long ceilingKib,
    long worstBytes,
    long ceilingWorstBytes,
    long mmapBytes,
    long heapLimitBytes,
    int minimumIdle) {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /** What stays free for the kernel and for what nobody thought of. */
  private static final double USABLE = 0.9;

  /** The JVM's own memory beside the heap. */
  private static final long JVM_BYTES = 256 * MIB;

  private static final long LARGE_JVM_BYTES = 768 * MIB;

  /**
   * On a small machine half of what is left may be SQLite's own, on others the kernel caches files
   * better.
   */
  private static final long SMALL_HOST = 8 * GIB;

  private static final double SMALL_SHARE = 0.5;
  private static final double SHARE = 0.25;
  private static final long MOST_SHARE = 64 * GIB;

  /** A cache, and a sort that may be as large: cache_size bounds both. */
  private static final double WITH_SORT = 2.04;

  /**
   * Beyond this SQLite's own figure wraps, and each commit of another connection throws all of it
   * away.
   */
  private static final long MOST_CACHE = GIB;

  private static final long SORT_CAP = 512 * MIB;

  /** Fixed cost of a connection that has run a query. */
  private static final long CONNECTION_BYTES = 160 * KIB;

  private static final long DEFAULT_KIB = 2000;
  private static final long MOST_MAPPED = 256 * GIB;
  private static final long LEAST_TO_MAP = 16 * GIB;

  /** Pages with their headers, of a database that is all in the cache. */
  private static final double PER_BYTE = 1.04;

  /**
   * Sizes it.
   *
   * @throws ContradictionException if nothing is left for SQLite, or figures exclude each other
   */
  public static Sizing of(Host host) throws ContradictionException {
    check(host);
    long memory = host.memoryBytes();
    long jvm = memory > LEAST_TO_MAP ? LARGE_JVM_BYTES : JVM_BYTES;
    long left = (long) (USABLE * memory) - host.assumedHeapBytes() - jvm - host.otherBytes();
    if (left < host.connections() * (DEFAULT_KIB * KIB + CONNECTION_BYTES)) {
      throw new ContradictionException(
          "of "
              + text(memory)
              + " too little is left for "
              + host.connections()
              + " connections after a heap of "
              + text(host.assumedHeapBytes())
              + ", other memory of "
              + text(host.otherBytes())
              + " and the JVM itself");
    }
    double share = memory <= SMALL_HOST ? SMALL_SHARE : SHARE;
    long budget = Math.min((long) (share * left), MOST_SHARE);
    long whole =
        host.databaseBytes() == null ? Long.MAX_VALUE : (long) (PER_BYTE * host.databaseBytes());
    long most = Math.min(MOST_CACHE, whole);
    long ceiling =
        Math.max(
            DEFAULT_KIB,
            Math.min(most, (long) ((double) budget / host.connections() / WITH_SORT)) / KIB);
    long start = Math.min(ceiling, typicalKib(memory));
    boolean maps = memory >= LEAST_TO_MAP && host.databaseBytes() != null;
    long mapped = maps ? Math.min(Math.min(host.databaseBytes(), MOST_MAPPED), left / 2) : 0;
    return new Sizing(
        host,
        left,
        start,
        ceiling,
        worst(start, host.connections()),
        worst(ceiling, host.connections()),
        mapped,
        budget,
        1);
  }

  private static long typicalKib(long memory) {
    if (memory >= 64 * GIB) {
      return 256 * KIB;
    }
    return memory >= 16 * GIB ? 64 * KIB : 16_000;
  }

  private static long worst(long kib, int connections) {
    long cache = (long) (PER_BYTE * kib * KIB);
    return connections * (cache + Math.min(cache, SORT_CAP) + CONNECTION_BYTES);
  }

  private static void check(Host host) throws ContradictionException {
    long memory = host.memoryBytes();
    if (host.connections() < 1) {
      throw new ContradictionException(
          "a pool has at least one connection, not " + host.connections());
    }
    if (host.heapBytes() != null && host.heapBytes() >= memory) {
      throw new ContradictionException(
          "the heap of "
              + text(host.heapBytes())
              + " alone is as much as the "
              + text(memory)
              + " that there are");
    }
    if (host.otherBytes() >= memory) {
      throw new ContradictionException(
          "the other memory of "
              + text(host.otherBytes())
              + " alone is as much as the "
              + text(memory)
              + " that there are");
    }
  }

  /** As in {@code 512 GiB}. */
  static String text(long bytes) {
    return Units.bytes(bytes);
  }
}
