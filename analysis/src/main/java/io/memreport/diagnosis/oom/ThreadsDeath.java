// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;

/** Threads whose stacks added up. */
public final class ThreadsDeath implements DeathRule {
  @Override
  public String id() {
    return "oom.threads";
  }

  @Override
  public String summary() {
    return "A JVM was killed while the stacks of its threads held most of its memory";
  }

  @Override
  public String why() {
    return "Each platform thread has a stack of its own, outside the Java heap. What its deepest call"
        + " once touched stays charged until the thread ends."
        + " Reported if it is the largest kind of memory that is known of the JVM, and a fifth of all or more.";
  }

  @Override
  public String advice() {
    return "Bound the threads: use a fixed pool and shut executors down when a test ends. A smaller"
        + " -Xss bounds each stack, virtual threads keep theirs in the Java heap.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        ExecutorService pool = Executors.newCachedThreadPool(); // a thread for each request""",
        "ExecutorService pool = Executors.newFixedThreadPool(16);");
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(Cause.THREADS)) {
      return null;
    }
    Long held = death.run().memoryAtEnd().threadStackBytes();
    Long stack = death.limits() == null ? null : death.limits().threadStackBytes();
    return death.finding(
        this,
        "Thread stacks held " + Units.bytes(held) + " " + death.whenKilled(),
        death.heldOf("thread stacks", held)
            + (stack == null ? "" : "; a stack may take up to " + Units.bytes(stack) + " (-Xss)"),
        advice());
  }
}
