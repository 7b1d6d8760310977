// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Native memory of JNI libraries, Unsafe and memory segments that tests left behind. */
public final class NativeMemoryRetained extends GrowthRule {
  /** The compilers and the collector take and keep some tens of MiB while the first tests run. */
  private static final long LEAST_BYTES = 64 << 20;

  /** The collector's own tables follow the heap: bitmaps, cards and remembered sets. */
  private static final double PER_HEAP = 0.06;

  private static final String CLOSE =
      "Close what holds memory outside the Java heap when the test ends: streams of compression libraries, Inflater and"
          + " Deflater, arenas, and other objects that have a close method.";

  public NativeMemoryRetained() {
    super(Cause.NATIVE_OTHER, "native memory", LEAST_BYTES, NativeMemoryRetained::unowned);
  }

  private static Long unowned(MemorySample sample) {
    if (sample.otherBytes() == null) {
      return null;
    }
    long all =
        Stream.of(
                Optional.ofNullable(sample.mallocBytes()),
                Optional.ofNullable(sample.libraryBytes()),
                Optional.of(sample.otherBytes()))
            .flatMap(Optional::stream)
            .mapToLong(bytes -> bytes)
            .sum();
    Long heap = sample.javaHeapBytes();
    return all - (heap == null ? 0 : (long) (PER_HEAP * heap));
  }

  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    Map<Instant, MemorySample> samples = new HashMap<>();
    for (MemorySample sample : Samples.of(facts, run).all()) {
      samples.put(sample.at(), sample);
    }
    // Without collections between tests nothing moves: what went and came back is two tests' doing.
    List<Growth.Point> sampled =
        collects(facts, run)
            ? super.points(facts, run)
            : Growth.sampledWithDips(facts, run, NativeMemoryRetained::unowned);
    return atBoundaries(
        betweenReadings(sampled, samples),
        samples,
        facts.boundaries().of(run.id(), Boundary::residentBytes));
  }

  /**
   * Until address ranges are read again, whatever grows seems to have no owner: what the next
   * reading shows as Java heap never was native memory, nor was what it does not show at all, and
   * neither was given back then.
   */
  private static List<Growth.Point> betweenReadings(
      List<Growth.Point> points, Map<Instant, MemorySample> samples) {
    List<Growth.Point> bounded = new ArrayList<>();
    for (int from = 0; from < points.size(); ) {
      int to = from + 1;
      while (to < points.size() && !isReading(points, to, samples)) {
        to++;
      }
      Growth.Point first = points.get(from);
      Growth.Point next = to < points.size() ? points.get(to) : null;
      List<MemorySample> read =
          points.subList(from, next == null ? to : to + 1).stream()
              .map(point -> samples.get(point.at()))
              .toList();
      long[] heap = UnreadHeap.grown(read);
      for (int i = from; i < to; i++) {
        Growth.Point point = points.get(i);
        bounded.add(
            next == null
                ? point
                : between(first, next, point.at(), point.bytes() - heap[i - from]));
      }
      from = to;
    }
    return bounded;
  }

  private static boolean isReading(
      List<Growth.Point> points, int index, Map<Instant, MemorySample> samples) {
    MemorySample before = samples.get(points.get(index - 1).at());
    MemorySample now = samples.get(points.get(index).at());
    return !Objects.equals(before.mappedFileBytes(), now.mappedFileBytes())
        || !Objects.equals(before.threadStackBytes(), now.threadStackBytes())
        || !Objects.equals(before.mappedElsewhereBytes(), now.mappedElsewhereBytes());
  }

  /**
   * Between two samples one test may end and another begin: resident memory, which was asked then,
   * tells in whose time it grew.
   */
  private static List<Growth.Point> atBoundaries(
      List<Growth.Point> points, Map<Instant, MemorySample> samples, List<Boundary> asked) {
    List<Growth.Point> all = new ArrayList<>();
    int next = 0;
    for (Growth.Point to : points) {
      Growth.Point from = all.isEmpty() ? to : all.get(all.size() - 1);
      MemorySample before = samples.get(from.at());
      for (; next < asked.size() && asked.get(next).at().isBefore(to.at()); next++) {
        Boundary boundary = asked.get(next);
        if (boundary.at().isAfter(from.at()) && before.rssBytes() != null) {
          long grown = boundary.residentBytes() - before.rssBytes();
          all.add(between(from, to, boundary.at(), from.bytes() + grown));
        }
      }
      all.add(to);
    }
    return all;
  }

  private static Growth.Point between(
      Growth.Point one, Growth.Point other, Instant at, long bytes) {
    long least = Math.min(one.bytes(), other.bytes());
    long most = Math.max(one.bytes(), other.bytes());
    return new Growth.Point(at, Math.min(most, Math.max(least, bytes)));
  }

  /** Streams and deflaters that are garbage were closed then. */
  @Override
  protected boolean endTells(Facts facts, Run run) {
    return facts.boundaries().last(run.id()) != null;
  }

  /** What malloc keeps of blocks that were freed while tests ran is nobody's any more. */
  @Override
  protected long free(Facts facts, Run run) {
    Instant begin =
        facts.tests().stream()
            .filter(test -> run.id().equals(test.runId()))
            .map(TestResult::startedAt)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    long before =
        facts.service().processMemory().stream()
            .filter(memory -> memory.runId().equals(run.id()) && memory.at().isBefore(begin))
            .reduce((earlier, later) -> later)
            .map(NativeMemoryRetained::kept)
            .orElse(0L);
    ProcessMemory last = facts.service().lastMemory(run.id());
    return (last == null ? 0 : Math.max(0, kept(last) - before)) + ofJdk(facts, run);
  }

  /**
   * What threads keep for the JDK's channels, where the JVM does not count it as direct buffers.
   */
  private static long ofJdk(Facts facts, Run run) {
    LastCollection last = facts.boundaries().last(run.id());
    return last == null || last.buffersOfJdk() == null || last.countedBuffersOfJdk() == null
        ? 0
        : last.buffersOfJdk() - last.countedBuffersOfJdk();
  }

  private static long kept(ProcessMemory memory) {
    Long kept = memory.keptByMallocBytes();
    return kept == null ? 0 : kept;
  }

  /** What SQLite gave back to malloc stays resident, and is SQLite's no more. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    Long peak = test.sqlite() == null ? null : test.sqlite().peakBytes();
    Long retained = test.sqlite() == null ? null : test.sqlite().retainedBytes();
    return peak == null ? 0 : Math.max(0, peak - (retained == null ? 0 : Math.max(0, retained)));
  }

  @Override
  protected ToLongFunction<TestResult> atMost(Facts facts, Run run) {
    return grownResident(facts, run);
  }

  private static Optional<NativeLibrary> largest(Facts facts, Run run) {
    return facts.nativeLibraries().stream()
        .filter(library -> run.id().equals(library.runId()) && !library.sqlite())
        .filter(library -> library.heldBytes() != null)
        .max(Comparator.comparing(NativeLibrary::heldBytes));
  }

  @Override
  protected String evidence(Facts facts, Run run) {
    return largest(facts, run)
        .filter(library -> library.heldBytes() >= LEAST_BYTES / 2)
        .map(
            library ->
                library.name()
                    + " held "
                    + Units.bytes(library.heldBytes())
                    + " of native heap at the end")
        .orElse(null);
  }

  @Override
  protected String advice(Facts facts, Run run) {
    return largest(facts, run)
        .map(library -> CLOSE)
        .orElse(CLOSE + " Record with native=all to see which library it was.");
  }

  @Override
  public String id() {
    return "native.memory-retained";
  }

  @Override
  public String summary() {
    return "Tests left native memory behind";
  }

  @Override
  public String why() {
    return "Memory that a library takes from malloc or mmap is outside the Java heap: no collection gives it back."
        + " memreport reports tests of a run that grew by "
        + least()
        + " or more of it, less what malloc keeps of freed blocks, if they explain half of it when all had been"
        + " collected at its end.";
  }

  @Override
  public String advice() {
    return CLOSE;
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        InputStream in = new GZIPInputStream(Files.newInputStream(file));
        return in.readNBytes(100);""",
        """
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          return in.readNBytes(100);
        }""");
  }
}
