// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Facts;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Measured;
import java.util.List;
import java.util.function.Function;

/**
 * What held the memory when a run died of a lack of it: something beside the JVM, several JVMs
 * together, or the largest kind of memory within this one.
 *
 * @param clause what held it, to end a sentence with; empty if nothing is said
 * @param subject who did, for a headline
 * @param held what it did, for a headline, as {@code held 170 MiB of Java heap}
 */
public record CauseOfDeath(
    Cause cause,
    String clause,
    String subject,
    String held,
    List<Culprit> culprits,
    List<Evidence> evidence) {
  public CauseOfDeath {
    culprits = culprits.stream().map(culprit -> culprit.measuredAs(Measured.HELD)).toList();
  }

  /** Of an ending of which nothing is said but who took part. */
  static CauseOfDeath of(Cause cause, List<Culprit> culprits, List<Evidence> evidence) {
    return new CauseOfDeath(cause, "", "", "", culprits, evidence);
  }

  /** Of a JVM that reached a limit of its own. */
  static CauseOfDeath of(Cause cause, Throwers throwers) {
    return new CauseOfDeath(
        cause,
        "",
        "",
        throwers.filled()
            ? cause == Cause.THREADS ? "had left most of them running" : "had filled it"
            : "",
        throwers.culprits(),
        throwers.evidence());
  }

  static CauseOfDeath of(Facts facts, Death death, Forks forks) {
    LastMoment end = LastMoment.of(facts, death);
    CauseOfDeath found = SharedMemoryFilled.in(end);
    found = found == null ? ForksTogether.in(end, forks) : found;
    found = found == null ? OtherProcesses.in(end) : found;
    return found == null ? OwnMemory.in(end) : found;
  }

  /** What samples have of the kind of memory that a cause is; all that is resident of others. */
  static Function<MemorySample, Long> kind(Cause cause) {
    return switch (cause) {
      case JAVA_HEAP -> MemorySample::javaHeapBytes;
      case DIRECT_BUFFERS -> MemorySample::directBufferBytes;
      case METASPACE -> MemorySample::metaspaceBytes;
      case THREADS -> MemorySample::threadStackBytes;
      default -> MemorySample::rssBytes;
    };
  }
}
