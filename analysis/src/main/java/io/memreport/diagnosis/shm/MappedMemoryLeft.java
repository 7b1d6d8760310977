// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import java.util.List;

/** Files in memory that a test mapped, wrote through the mapping, and did not unmap. */
public final class MappedMemoryLeft extends GrowthRule {
  private static final long LEAST_BYTES = 16 << 20;

  public MappedMemoryLeft() {
    super(Cause.SHARED_MEMORY, "mapped shared memory", LEAST_BYTES, MemorySample::sharedBytes);
  }

  /** A mapping is undone when its buffer is collected. */
  @Override
  protected boolean endTells(Facts facts, Run run) {
    return facts.boundaries().last(run.id()) != null;
  }

  /** The heap of ZGC lies in shared memory: only samples tell it apart. */
  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    List<Growth.Point> sampled = super.points(facts, run);
    List<Growth.Point> asked = asked(facts, run, Boundary::sharedBytes, sampled);
    boolean hasHeap =
        !asked.isEmpty() && asked.get(0).bytes() - sampled.get(0).bytes() >= LEAST_BYTES;
    return hasHeap ? sampled : asked;
  }

  /** Segments and files that are still there are findings of their own. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    Long segments = test.shared() == null ? null : test.shared().retainedBytes();
    return TmpfsFilesLeft.written(facts, test) + (segments == null ? 0 : Math.max(0, segments));
  }

  @Override
  public String id() {
    return "shm.mapped-memory-left";
  }

  @Override
  public String summary() {
    return "A test left shared memory mapped";
  }

  @Override
  public String why() {
    return "A file on /dev/shm or another tmpfs is memory, and stays so while it is mapped, even if it was removed: no"
        + " listing shows it then. memreport reports tests of a run whose resident shared memory grew by "
        + least()
        + " or more, if they explain half of it when all had been collected at the end. Files and segments that are"
        + " still there are told of apart.";
  }

  @Override
  public String advice() {
    return "Let go of the buffer when the test ends, so that its mapping is undone: no static field, or a segment of an Arena"
        + " that is closed.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        static MappedByteBuffer ring; // of all tests that follow

        ring = channel.map(MapMode.READ_WRITE, 0, 64 << 20);""",
        """
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment ring = channel.map(MapMode.READ_WRITE, 0, 64 << 20, arena);
          publish(ring);
        }""");
  }
}
