// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** Classes that were loaded again and again. */
public final class MetaspaceDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.metaspace";
  }

  @Override
  public String summary() {
    return "A JVM was killed while its classes held most of its memory";
  }

  @Override
  public String why() {
    return "Metaspace has no bound by default. It grows when class loaders, proxies or generated"
        + " classes are made anew for each test or request and something still reaches them."
        + " Reported if it is the largest kind of memory that is known of the JVM, and a fifth of all or more.";
  }

  @Override
  public String advice() {
    return "Find what keeps the class loaders: jcmd PID VM.classloader_stats; close them and what they"
        + " registered. Set -XX:MaxMetaspaceSize, so that the JVM throws an OutOfMemoryError that"
        + " names the place instead of being killed.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell("java -jar app.jar", "java -XX:MaxMetaspaceSize=256m -jar app.jar");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.METASPACE)) {
      return null;
    }
    Long held = death.run().memoryAtEnd().metaspaceBytes();
    String bound = death.bound("Set -XX:MaxMetaspaceSize=", held);
    return death
        .finding(
            this,
            "Classes held " + Units.bytes(held) + " of metaspace " + death.whenKilled(),
            death.heldOf("metaspace", held),
            bound == null
                ? advice()
                : "Find what keeps the class loaders: jcmd PID VM.classloader_stats. "
                    + bound
                    + ", and the JVM throws an OutOfMemoryError that names the place instead of being"
                    + " killed.")
        .about(held)
        .mendedBy(death.fix("-XX:MaxMetaspaceSize=", held, null, null));
  }
}
