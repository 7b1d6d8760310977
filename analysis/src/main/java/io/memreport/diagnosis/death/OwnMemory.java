// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.HeapHolders;
import io.memreport.diagnosis.death.holder.Holders;
import io.memreport.diagnosis.death.holder.SqliteCause;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.TestResult;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run that died of its own memory: of which kind, and who held that. */
final class OwnMemory {
  /** A kind that is a smaller part of the JVM's memory is not what it died of. */
  private static final double WORTH_NAMING = 0.2;

  private final LastMoment end;

  private OwnMemory(LastMoment end) {
    this.end = end;
  }

  /** Of unknown cause where no kind is large enough. */
  static CauseOfDeath in(LastMoment end) {
    return new OwnMemory(end).explanation();
  }

  private CauseOfDeath explanation() {
    MemoryAtEnd memory = end.run().memoryAtEnd();
    Long usage = end.usage();
    Long held = end.held();
    if (memory == null) {
      return unknown(List.of());
    }
    if (usage != null && held != null && held < LastMoment.MOST * usage && !end.isUnseen()) {
      return unknown(
          List.of(
              Names.recorded(
                  "This JVM held "
                      + Units.bytes(held)
                      + " of "
                      + Units.bytes(usage)
                      + " that were in use: something else held the rest")));
    }
    CauseOfDeath sudden = sudden();
    if (sudden != null) {
      return sudden;
    }
    Map<Cause, Long> kinds = new EnumMap<>(Cause.class);
    put(kinds, Cause.JAVA_HEAP, memory.javaHeapBytes());
    put(kinds, Cause.DIRECT_BUFFERS, memory.directBufferBytes());
    put(kinds, Cause.METASPACE, memory.metaspaceBytes());
    put(kinds, Cause.THREADS, memory.threadStackBytes());
    put(kinds, Cause.SQLITE_PAGE_CACHE, memory.sqliteBytes());
    Function<MemorySample, Long> without = withoutOwner();
    put(kinds, Cause.NATIVE_OTHER, growth(without));
    Map.Entry<Cause, Long> largest =
        kinds.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
    Long rss = memory.rssBytes();
    if (largest == null || rss != null && largest.getValue() < WORTH_NAMING * rss) {
      return unknown(
          largest == null
              ? List.of()
              : List.of(
                  Names.recorded(
                      "The largest part that is known are "
                          + Units.bytes(largest.getValue())
                          + " of "
                          + words(largest.getKey())
                          + ", too little to be the cause")));
    }
    return switch (largest.getKey()) {
      case SQLITE_PAGE_CACHE -> sqlite(largest.getValue());
      case NATIVE_OTHER -> own(Cause.NATIVE_OTHER, largest.getValue(), without);
      default -> own(largest.getKey(), largest.getValue(), CauseOfDeath.kind(largest.getKey()));
    };
  }

  /**
   * A JVM that took most of its memory after its last sample, by its size in the log; of which kind
   * is not known then, but whose it is if one test ran.
   */
  private CauseOfDeath sudden() {
    Victim victim = end.victim();
    Long killed = victim == null ? null : victim.rssBytes();
    if (killed == null
        || end.last() == null
        || end.last().rssBytes() == null
        || killed - end.last().rssBytes() < LastMoment.MOST * killed) {
      return null;
    }
    long since = killed - end.last().rssBytes();
    List<TestResult> running = Deaths.runningAtEnd(end.facts(), end.run());
    List<Culprit> culprits =
        running.size() == 1 ? List.of(Names.culprit(running.get(0), since)) : List.of();
    return new CauseOfDeath(
        Cause.UNKNOWN,
        (culprits.isEmpty() ? "this JVM" : Names.test(running.get(0)))
            + " took "
            + Units.bytes(since)
            + " after the last sample, too fast to tell of which kind",
        culprits.isEmpty() ? "it" : Names.test(running.get(0)),
        "took " + Units.bytes(since) + " in its last moment",
        culprits,
        List.of());
  }

  /**
   * The kind of memory without an owner that grew most: a JVM that does nothing has some of each.
   */
  private Function<MemorySample, Long> withoutOwner() {
    return Stream.<Function<MemorySample, Long>>of(
            MemorySample::mallocBytes, MemorySample::libraryBytes, MemorySample::otherBytes)
        .max(Comparator.comparingLong(this::growth))
        .orElseThrow();
  }

  private long growth(Function<MemorySample, Long> kind) {
    Samples samples = Samples.of(end.facts(), end.run());
    return samples.all().isEmpty()
        ? 0
        : growth(kind.apply(samples.all().get(0)), kind.apply(end.last()));
  }

  private static long growth(Long from, Long to) {
    return to == null ? 0 : to - (from == null ? 0 : from);
  }

  private static void put(Map<Cause, Long> kinds, Cause cause, Long bytes) {
    if (bytes != null && bytes > 0) {
      kinds.put(cause, bytes);
    }
  }

  private CauseOfDeath sqlite(long bytes) {
    SqliteCause sqlite = SqliteCause.of(end.facts(), end.run(), bytes);
    Holders holders = Holders.of(end.facts(), end.run(), MemorySample::sqliteBytes, bytes);
    List<Culprit> culprits = new ArrayList<>(holders.culprits());
    culprits.addAll(sqlite.culprits());
    return new CauseOfDeath(
        sqlite.cause(),
        holders.subject()
            + " held most: SQLite had "
            + Units.bytes(bytes)
            + ", "
            + sqlite.text(bytes),
        holders.culprits().isEmpty() ? sqlite.subject() : holders.subject(),
        "held " + Units.bytes(holders.bytesOr(bytes)) + " in SQLite",
        culprits,
        holders.evidence());
  }

  private CauseOfDeath own(Cause cause, long bytes, Function<MemorySample, Long> kind) {
    Holders holders =
        cause == Cause.JAVA_HEAP
            ? HeapHolders.of(end.facts(), end.run(), bytes)
            : Holders.of(end.facts(), end.run(), kind, bytes);
    return new CauseOfDeath(
        cause,
        holders.subject() + " held most: " + Units.bytes(bytes) + " of " + words(cause),
        holders.subject(),
        "held " + Units.bytes(holders.bytesOr(bytes)) + " of " + words(cause),
        holders.culprits(),
        holders.evidence());
  }

  private CauseOfDeath unknown(List<Evidence> evidence) {
    return new CauseOfDeath(
        Cause.UNKNOWN,
        "nothing tells what held the memory",
        "nothing",
        "tells what held the memory",
        List.of(),
        evidence);
  }

  private static String words(Cause cause) {
    return switch (cause) {
      case JAVA_HEAP -> "Java heap";
      case DIRECT_BUFFERS -> "direct buffers";
      case METASPACE -> "metaspace";
      case THREADS -> "thread stacks";
      default -> "native memory with unknown owner";
    };
  }
}
