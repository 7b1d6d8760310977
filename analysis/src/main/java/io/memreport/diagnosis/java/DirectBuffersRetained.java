// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;

/** Direct buffers that tests left behind. */
public final class DirectBuffersRetained extends GrowthRule {
  /** What the JDK keeps for its own channels, one buffer a thread, is far less. */
  private static final long LEAST_BYTES = 16 << 20;

  public DirectBuffersRetained() {
    super(Cause.DIRECT_BUFFERS, "direct buffers", LEAST_BYTES, MemorySample::directBufferBytes);
  }

  @Override
  public String id() {
    return "java.direct-buffers-retained";
  }

  @Override
  public String summary() {
    return "Tests left direct buffers behind";
  }

  @Override
  public String why() {
    return "The memory of a direct buffer is outside the Java heap and is given back when its Java object is"
        + " collected. memreport reports tests of a run that kept "
        + least()
        + " or more, if they explain half of it and full collections followed them (leaks=gc).";
  }

  @Override
  public String advice() {
    return "Drop what refers to the buffers when the test ends: a static collection, a thread local of a pool, or a"
        + " buffer pool that is never closed. -XX:MaxDirectMemorySize bounds them all.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        BUFFERS.add(ByteBuffer.allocateDirect(1 << 20)); // a static list""",
        """
        private ByteBuffer buffer; // of the test: unreachable when it is over

        @AfterEach
        void forget() {
          buffer = null;
        }""");
  }
}
