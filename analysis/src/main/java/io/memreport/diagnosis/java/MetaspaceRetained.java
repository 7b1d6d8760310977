// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.growth.GrowthRule;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;

/** Classes that tests loaded and that were not unloaded. */
public final class MetaspaceRetained extends GrowthRule {
  /** Some thousand classes. */
  private static final long LEAST_BYTES = 8 << 20;

  public MetaspaceRetained() {
    super(Cause.METASPACE, "metaspace", LEAST_BYTES, MemorySample::metaspaceBytes);
  }

  /** Frameworks load their classes when the first test runs, or the fixtures before it. */
  @Override
  protected boolean isOnce(Facts facts, Run run, TestResult largest) {
    return facts.tests().stream()
        .filter(test -> run.id().equals(test.runId()) && largest.kind().equals(test.kind()))
        .noneMatch(test -> test.startedAt().isBefore(largest.startedAt()));
  }

  @Override
  public String id() {
    return "java.metaspace-retained";
  }

  @Override
  public String summary() {
    return "Tests left classes behind";
  }

  @Override
  public String why() {
    return "A class stays in metaspace as long as its class loader is reachable: by a static field, a thread, a thread"
        + " local, or any object of its classes. Reported are tests of a run whose metaspace grew by "
        + least()
        + " or more, if they explain half of it and full collections followed them (leaks=gc); what the first test"
        + " loads is not called a leak.";
  }

  @Override
  public String advice() {
    return "Find what keeps the class loaders: jcmd PID VM.classloader_stats. Close URLClassLoaders, and make proxies and"
        + " generated classes once, not for each test.";
  }
}
