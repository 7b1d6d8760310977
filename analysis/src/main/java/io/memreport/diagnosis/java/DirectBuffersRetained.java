// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import java.util.List;

/** Direct buffers that tests left behind. */
public final class DirectBuffersRetained extends GrowthRule {
  /** What the JDK keeps for its own channels is mostly far less, and is known at the end. */
  private static final long LEAST_BYTES = 16 << 20;

  public DirectBuffersRetained() {
    super(Cause.DIRECT_BUFFERS, "direct buffers", LEAST_BYTES, MemorySample::directBufferBytes);
  }

  /** Samples may be older than they say. */
  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    return asked(facts, run, Boundary::directBytes, super.points(facts, run));
  }

  /** What threads keep for the JDK's channels at the end is of no test. */
  @Override
  protected long free(Facts facts, Run run) {
    return ofJdk(facts, run.id());
  }

  /** Whose thread keeps it is not told: all of it may be of each. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    return ofJdk(facts, test.runId());
  }

  @Override
  protected boolean isExact() {
    return true;
  }

  @Override
  protected boolean endTells(Facts facts, Run run) {
    LastCollection last = facts.boundaries().last(run.id());
    return last != null && last.countedBuffersOfJdk() != null;
  }

  private static long ofJdk(Facts facts, String run) {
    LastCollection last = facts.boundaries().last(run);
    return last == null || last.countedBuffersOfJdk() == null ? 0 : last.countedBuffersOfJdk();
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
        + " or more when all had been collected at its end, or with leaks=gc before the test that it was killed in, if they"
        + " explain half of it. What the JDK keeps for"
        + " channels, a buffer or more for each thread that used one, is of no test.";
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
