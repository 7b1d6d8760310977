// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.jvm;

import io.memreport.diagnosis.growth.Growth;
import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.diagnosis.java.SpringContextsKept;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import java.util.List;

/** Threads that tests left running, by the memory of their stacks. */
public final class ThreadStacksRetained extends GrowthRule {
  /** The stacks of some hundred threads that wait. */
  private static final long LEAST_BYTES = 8 << 20;

  /** Pools of the JDK keep some: those of all processors, selectors, a timer. */
  private static final int LEAST_THREADS = 8;

  public ThreadStacksRetained() {
    super(Cause.THREADS, "thread stacks", LEAST_BYTES, MemorySample::threadStackBytes);
  }

  /** The pools and servers of an application context run as long as the context is kept. */
  @Override
  protected long foreign(Facts facts, TestResult test) {
    return SpringContextsKept.isFirstOfOne(test) ? ALL : 0;
  }

  /** A thread that runs is no garbage. */
  @Override
  protected boolean mayBeGarbage() {
    return false;
  }

  /**
   * Samples find stacks a while after they have grown, and at the JVM's end what is no thread's. So
   * they tell how much all that were left take, and each test how many threads it left.
   */
  @Override
  protected List<Growth.Point> points(Facts facts, Run run) {
    List<Growth.Point> sampled = super.points(facts, run);
    List<Boundary> asked = facts.boundaries().of(run.id(), Boundary::threads);
    if (sampled.isEmpty() || asked.isEmpty()) {
      return List.of();
    }
    long left = asked.get(asked.size() - 1).threads() - asked.get(0).threads();
    if (left < LEAST_THREADS) {
      return List.of();
    }
    long grown = sampled.get(sampled.size() - 1).bytes() - sampled.get(0).bytes();
    return asked.stream()
        .map(one -> new Growth.Point(one.at(), one.threads() * grown / left))
        .toList();
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
        + " that had "
        + LEAST_THREADS
        + " or more threads more at its end, if their stacks took "
        + least()
        + " or more of resident memory and those tests started half of them. What the first test of a Spring context"
        + " starts is the context's.";
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
