// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * The JUnit Platform, whatever engine: the task that runs a node of the test tree brackets a test
 * from the constructor of its class to its clean-up; the sink of all listeners tells results, and
 * brackets the tests of engines that run theirs in another way. JUnit 4 and TestNG without the
 * Platform are woven in the same two ways.
 */
public final class TestInstrumentation {
  private TestInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return spans(testNg(junit4(platform(builder))));
  }

  private static AgentBuilder spans(AgentBuilder builder) {
    return builder
        .type(named("io.memreport.api.Span"))
        .transform(
            new Weave()
                .with(named("begin"), SpanOpened.class)
                .with(named("close"), SpanClosed.class));
  }

  private static AgentBuilder platform(AgentBuilder builder) {
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

  private static AgentBuilder junit4(AgentBuilder builder) {
    return builder
        .type(named("org.junit.runners.ParentRunner"))
        .transform(
            new Weave()
                .with(named("run").and(takesArguments(1)), JUnit4Class.class)
                .with(named("runLeaf").and(takesArguments(3)), JUnit4Leaf.class))
        .type(named("org.junit.runner.notification.RunNotifier"))
        .transform(
            new Weave()
                .with(named("fireTestStarted"), JUnit4Started.class)
                .with(named("fireTestFinished"), JUnit4Finished.class)
                .with(named("fireTestFailure"), JUnit4Failed.class)
                .with(named("fireTestAssumptionFailed"), JUnit4Aborted.class)
                .with(named("fireTestIgnored"), JUnit4Ignored.class));
  }

  /** Of TestNG 7 and of TestNG 6. */
  private static AgentBuilder testNg(AgentBuilder builder) {
    return builder
        .type(
            namedOneOf(
                "org.testng.internal.invokers.TestInvoker",
                "org.testng.internal.TestInvoker",
                "org.testng.internal.Invoker",
                "org.testng.internal.invokers.ConfigInvoker",
                "org.testng.internal.ConfigInvoker"))
        .transform(
            new Weave()
                .with(
                    named("invokeMethod").and(returns(named("org.testng.ITestResult"))),
                    TestNgTest.class)
                .with(named("invokeConfigurationMethod"), TestNgFixture.class));
  }
}
