// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.jvm;

import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;

/** Threads that tests left running, by the memory of their stacks. */
public final class ThreadStacksRetained extends GrowthRule {
  /** The stacks of some hundred threads that wait. */
  private static final long LEAST_BYTES = 8 << 20;

  public ThreadStacksRetained() {
    super(Cause.THREADS, "thread stacks", LEAST_BYTES, MemorySample::threadStackBytes);
  }

  /** A thread that runs is no garbage. */
  @Override
  protected boolean mayBeGarbage() {
    return false;
  }

  @Override
  public String id() {
    return "jvm.threads-left";
  }

  @Override
  public String summary() {
    return "Tests left threads running";
  }

  @Override
  public String why() {
    return "A thread keeps its stack, and all that its thread locals refer to, until it ends. memreport reports tests of a run"
        + " whose thread stacks grew by "
        + least()
        + " or more of resident memory, if they explain half of it.";
  }

  @Override
  public String advice() {
    return "Shut executors and timers down when the test ends, in a try block or its clean-up; one pool of a few threads serves many tests.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        ExecutorService pool = Executors.newFixedThreadPool(50);
        pool.submit(work).get();""",
        """
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
          pool.submit(work).get();
        } finally {
          pool.shutdownNow();
        }""");
  }
}
