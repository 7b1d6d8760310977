// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.TestResult;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.VerdictKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A JVM that reached a limit of its own. */
public final class JavaOutOfMemory implements DeathRule {
  private static final int LINES = 2;

  /** Samples are too far apart for a heap that filled between two: then they tell nothing. */
  private static final double FULL = 0.5;

  @Override
  public String id() {
    return "java.out-of-memory";
  }

  @Override
  public String summary() {
    return "A JVM ran out of memory by its own limits; nobody killed it";
  }

  @Override
  public String why() {
    return "An OutOfMemoryError tells that a limit of the JVM was reached: the Java heap, metaspace,"
        + " direct buffers, or threads. The limit of the container or machine was not; where the error"
        + " was thrown is where memory was missing, not where it went. Reported for each run that ended so.";
  }

  @Override
  public String advice() {
    return "Find what fills the heap: record with leaks=gc, or take a dump with"
        + " -XX:+HeapDumpOnOutOfMemoryError; raise -Xmx only if all of it is needed.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        List<Invoice> all = repository.findAll(); // 3 million of them
        all.forEach(this::send);""",
        """
        try (Stream<Invoice> each = repository.stream()) {
          each.forEach(this::send);
        }""");
  }

  @Override
  public Finding of(DeathCase death) {
    if (death.death().kind() != VerdictKind.JAVA_OOM) {
      return null;
    }
    Cause cause = death.cause().cause();
    List<String> evidence = new ArrayList<>(death.death().reasons());
    if (death.death().event() != null && death.death().event().constraint() != null) {
      evidence.add("The JVM said: " + death.death().event().constraint());
    }
    String heap = cause == Cause.JAVA_HEAP && !death.death().isArraySize() ? heap(death) : null;
    if (heap != null) {
      evidence.add(heap);
    }
    List<HeapLine> then = HeapLine.whenExhausted(death.facts(), death.run());
    long full = full(death);
    long toExplain = then.isEmpty() ? full : HeapLine.explained(then, full);
    List<HeapLine> lines =
        cause != Cause.JAVA_HEAP
            ? List.of()
            : (then.isEmpty() ? HeapLine.of(death.facts(), death.run()) : then)
                .stream()
                    .filter(line -> line.line() != null)
                    .filter(line -> line.is(HeapLine.TOLD, full))
                    .limit(LINES)
                    .toList();
    lines.stream().map(HeapLine::sentence).forEach(evidence::add);
    return death.finding(
        this,
        death.death().isArraySize()
            ? "The JVM was asked for too large an array"
            : "The JVM ran out of " + what(cause) + " by its own limits",
        String.join("; ", evidence),
        death.death().isArraySize()
            ? "Find who asks for an array of so many elements: no array may have more than some 2^31, however"
                + " large the heap is."
            : advice(
                cause,
                lines.stream()
                    .filter(line -> line.is(HeapLine.EXPLAINS, toExplain))
                    .findFirst()
                    .orElse(null),
                field(death)));
  }

  /** The static field that holds a sample of what the first culprit took, or null. */
  private static String field(DeathCase death) {
    Culprit first = death.first();
    TestResult test = first == null ? null : death.facts().test(first.id());
    return test == null ? null : HeapHolder.field(test);
  }

  /**
   * What a full heap held. What was thrown away before the run ended is no longer among its lines,
   * so that of what is left the largest may be small.
   */
  private static long full(DeathCase death) {
    Long most = death.limits() == null ? null : death.limits().maxHeapBytes();
    if (most != null) {
      return most;
    }
    MemoryAtEnd memory = death.run().memoryAtEnd();
    return memory == null || memory.javaHeapBytes() == null ? 0 : memory.javaHeapBytes();
  }

  private String advice(Cause cause, HeapLine line, String field) {
    return switch (cause) {
      case DIRECT_BUFFERS ->
          "Find who keeps direct buffers, or raise -XX:MaxDirectMemorySize within the limit of the"
              + " container.";
      case METASPACE ->
          "Find the class loaders that stay (jcmd PID VM.classloader_stats), or raise"
              + " -XX:MaxMetaspaceSize.";
      case THREADS ->
          "Bound the threads, or look at pids.max of the cgroup and ulimit -u: it is threads that"
              + " are limited, and more memory does not help.";
      default -> ofHeap(line, field);
    };
  }

  private String ofHeap(HeapLine line, String field) {
    if (line == null && field == null) {
      return advice();
    }
    String what =
        field == null
            ? "Look at what " + Names.shown(line.line()) + " fills, and bound or clear it"
            : "Bound or clear "
                + Names.shown(field)
                + (line == null ? "" : ", which " + Names.shown(line.line()) + " fills");
    return what + "; raise -Xmx only if all of it is needed.";
  }

  private static String what(Cause cause) {
    return switch (cause) {
      case DIRECT_BUFFERS -> "room for direct buffers";
      case METASPACE -> "metaspace";
      case THREADS -> "threads";
      default -> "Java heap";
    };
  }

  /** After the error what had filled it is often let go: the last sample says nothing of it. */
  private static String heap(DeathCase death) {
    Long most = death.limits() == null ? null : death.limits().maxHeapBytes();
    Long held =
        Samples.of(death.facts(), death.run()).all().stream()
            .map(MemorySample::javaHeapUsedBytes)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return most == null || held == null || held < FULL * most
        ? null
        : "the samples saw "
            + Units.bytes(held)
            + " of Java heap in use, of at most "
            + Units.bytes(most);
  }
}
