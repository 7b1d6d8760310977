// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * The JUnit Platform, whatever engine: the task that runs a node of the test tree brackets a test
 * from the constructor of its class to its clean-up; the sink of all listeners tells results, and
 * brackets the tests of engines that run theirs in another way.
 */
public final class TestInstrumentation {
  private TestInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return builder
        .type(named("org.junit.platform.engine.support.hierarchical.NodeTestTask"))
        .transform(new Weave().with(named("execute").and(takesArguments(0)), NodeExecution.class))
        .type(named("org.junit.platform.launcher.core.ExecutionListenerAdapter"))
        .transform(
            new Weave()
                .with(named("executionStarted"), ExecutionStarted.class)
                .with(named("executionFinished"), ExecutionFinished.class)
                .with(named("executionSkipped"), ExecutionSkipped.class));
  }
}
