// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** Native memory that is neither SQLite's nor of a kind that the JVM tells. */
public final class NativeDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.native-other";
  }

  @Override
  public String summary() {
    return "A JVM was killed while native memory without a known owner held most of its memory";
  }

  @Override
  public String why() {
    return "Native libraries, the JVM's own code and blocks that malloc keeps free are outside the"
        + " Java heap: no option of the JVM bounds them."
        + " Reported if it is the largest kind of memory that is known of the JVM, and a fifth of all or more.";
  }

  @Override
  public String advice() {
    return "Record again with native=all, which counts each JNI library, and with"
        + " -XX:NativeMemoryTracking=summary, which tells the JVM's own. Where glibc's arenas keep free"
        + " blocks, MALLOC_ARENA_MAX=2 in the environment makes it keep fewer.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -javaagent:memreport-agent.jar -jar app.jar             # counts SQLite alone""",
        """
        java -javaagent:memreport-agent.jar=native=all -XX:NativeMemoryTracking=summary -jar app.jar""");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.NATIVE_OTHER)) {
      return null;
    }
    MemoryAtEnd memory = death.run().memoryAtEnd();
    Long held = sum(sum(memory.mallocBytes(), memory.libraryBytes()), memory.otherBytes());
    return death.finding(
        this,
        "Native memory without a known owner held " + Units.bytes(held) + " " + death.whenKilled(),
        death.heldOf("native memory with unknown owner", held),
        advice());
  }

  private static Long sum(Long one, Long other) {
    return (one == null ? 0 : one) + (other == null ? 0 : other);
  }
}
