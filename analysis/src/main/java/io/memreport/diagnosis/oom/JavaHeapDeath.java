// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** A Java heap that was allowed to grow beyond the limit. */
public final class JavaHeapDeath implements DeathRule {
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
        + " collect garbage or throw an OutOfMemoryError that names the place.";
  }

  @Override
  public String advice() {
    return "Set -Xmx, or -XX:MaxRAMPercentage in a container, so that the heap and all that is beside"
        + " it fit the limit; or raise the limit. If an OutOfMemoryError follows, objects are kept:"
        + " record with leaks=gc to see by whom.";
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.JAVA_HEAP)) {
      return null;
    }
    Long held = death.run().memoryAtEnd().javaHeapBytes();
    Long most = death.limits() == null ? null : death.limits().maxHeapBytes();
    String bound = death.bound("Set -Xmx", held);
    return death.finding(
        this,
        "The Java heap held " + Units.bytes(held) + " " + death.whenKilled(),
        death.heldOf("Java heap", held)
            + (most == null ? "" : "; it may grow to " + Units.bytes(most)),
        bound == null
            ? advice()
            : bound
                + "; or raise the limit. If an OutOfMemoryError follows, objects are kept: record"
                + " with leaks=gc to see by whom.");
  }
}
