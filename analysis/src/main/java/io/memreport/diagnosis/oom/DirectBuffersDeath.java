// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** Direct buffers that nothing bounded below the limit. */
public final class DirectBuffersDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.direct-buffers";
  }

  @Override
  public String summary() {
    return "A JVM was killed while its direct buffers held most of its memory";
  }

  @Override
  public String why() {
    return "Direct buffers are outside the Java heap, and by default may take as much as -Xmx once"
        + " more. They are freed when the collector finds their small Java objects, which a heap with"
        + " room does not look for."
        + " Reported if it is the largest kind of memory that is known of the JVM, and a fifth of all or more.";
  }

  @Override
  public String advice() {
    return "Set -XX:MaxDirectMemorySize so that they fit the limit beside the Java heap: the JVM then"
        + " collects garbage when they reach it, and throws an OutOfMemoryError that names the place"
        + " if that frees none. Reuse buffers instead of allocating one for each use.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -Xmx300m -jar app.jar                                  # and 300 MB of buffers""",
        "java -Xmx300m -XX:MaxDirectMemorySize=100m -jar app.jar");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.DIRECT_BUFFERS)) {
      return null;
    }
    Long held = death.run().memoryAtEnd().directBufferBytes();
    String bound = death.bound("Set -XX:MaxDirectMemorySize=", held);
    return death
        .finding(
            this,
            "Direct buffers held " + Units.bytes(held) + " " + death.whenKilled(),
            death.heldOf("direct buffers", held) + most(death),
            bound == null
                ? advice()
                : bound
                    + ". At that size the JVM collects garbage, and throws an OutOfMemoryError that names"
                    + " the place if that frees none. Reuse buffers instead of allocating one for each"
                    + " use.")
        .about(held)
        .mendedBy(death.fix("-XX:MaxDirectMemorySize=", held, null, null));
  }

  private static String most(DeathCase death) {
    Long most = death.limits() == null ? null : death.limits().maxDirectBytes();
    if (most == null) {
      return "";
    }
    return most == 0
        ? "; nothing but -Xmx bounds them"
        : "; they may take up to " + Units.bytes(most);
  }
}
