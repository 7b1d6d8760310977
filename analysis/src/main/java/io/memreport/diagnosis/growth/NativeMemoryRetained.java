// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.verdict.Cause;
import java.util.Comparator;
import java.util.Optional;
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

  /** What malloc keeps of blocks that were freed is nobody's any more. */
  @Override
  protected long free(Facts facts, Run run) {
    ProcessMemory last = facts.service().lastMemory(run.id());
    Long kept = last == null ? null : last.keptByMallocBytes();
    return kept == null ? 0 : kept;
  }

  /** What SQLite gave back to malloc stays resident, and is SQLite's no more. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    Long peak = test.sqlite() == null ? null : test.sqlite().peakBytes();
    Long retained = test.sqlite() == null ? null : test.sqlite().retainedBytes();
    return peak == null ? 0 : Math.max(0, peak - (retained == null ? 0 : Math.max(0, retained)));
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
        + " or more of it, less what malloc keeps of freed blocks, if they explain half of it and full collections"
        + " followed them (leaks=gc).";
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
