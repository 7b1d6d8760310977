// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.fix.JvmFix;
import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;
import java.util.List;
import java.util.Objects;

/** A Java heap that was allowed to grow beyond the limit. */
public final class JavaHeapDeath implements DeathRule {
  /** If less of the heap is alive, a smaller heap would have done. */
  private static final double MOSTLY_GARBAGE = 0.5;

  @Override
  public String id() {
    return "oom.java-heap";
  }

  @Override
  public String summary() {
    return "A JVM was killed while its Java heap held most of its memory";
  }

  @Override
  public String why() {
    return "A page of the heap is charged when it is first touched, garbage or not, and the JVM gives"
        + " few of them back. A heap that may outgrow the limit ends in a kill, before the JVM could"
        + " collect garbage or throw an OutOfMemoryError that names the place."
        + " Reported if it is the largest kind of memory that is known of the JVM, and a fifth of all or more.";
  }

  @Override
  public String advice() {
    return "Set -Xmx, or -XX:MaxRAMPercentage in a container, so that the heap and all that is beside"
        + " it fit the limit; or raise the limit. If an OutOfMemoryError follows, objects are kept:"
        + " record with leaks=gc to see by whom.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        docker run --memory=256m image java -Xmx1g -jar app.jar     # killed before it collects""",
        "docker run --memory=256m image java -Xmx150m -jar app.jar");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.JAVA_HEAP)) {
      return null;
    }
    Long held = death.run().memoryAtEnd().javaHeapBytes();
    Long most = death.limits() == null ? null : death.limits().maxHeapBytes();
    String bound = death.bound("Set " + JvmFix.MAX_HEAP, held);
    Integer percent = death.percent(held);
    Long alive = afterCollection(death);
    HeapLine largest =
        HeapLine.of(death.facts(), death.run()).stream()
            .filter(line -> line.line() != null && line.is(HeapLine.TOLD, held))
            .findFirst()
            .orElse(null);
    boolean garbage = alive != null && alive < MOSTLY_GARBAGE * held;
    return death
        .finding(
            this,
            "The Java heap held " + Units.bytes(held) + " " + death.whenKilled(),
            death.heldOf("Java heap", held)
                + (most == null ? "" : "; it may grow to " + Units.bytes(most))
                + (alive == null
                    ? ""
                    : "; after the last collection that was seen "
                        + Units.bytes(alive)
                        + " were in use")
                + (garbage ? ": the rest was garbage, no leak" : "")
                + (largest == null ? "" : "; " + largest.sentence()),
            bound == null
                ? advice()
                : bound
                    + (percent == null
                        ? ""
                        : ". -XX:MaxRAMPercentage="
                            + percent
                            + " sets the same and follows the limit")
                    + "; or raise the limit"
                    + (garbage
                        ? ""
                        : ". If an OutOfMemoryError follows, objects are kept: "
                            + (largest == null || !largest.is(HeapLine.EXPLAINS, held)
                                ? "record with leaks=gc to see by whom."
                                : "look at what " + Names.shown(largest.line()) + " fills.")))
        .about(held)
        .mendedBy(death.fix(JvmFix.MAX_HEAP, held, most, percent));
  }

  /**
   * What was in use when use had just fallen, in the time of the last samples; null if it never
   * did.
   */
  private static Long afterCollection(DeathCase death) {
    List<Long> used =
        Samples.of(death.facts(), death.run()).all().stream()
            .map(MemorySample::javaHeapUsedBytes)
            .filter(Objects::nonNull)
            .toList();
    for (int i = used.size() - 1; i > 0; i--) {
      if (used.get(i) < used.get(i - 1)) {
        return used.get(i);
      }
    }
    return null;
  }
}
