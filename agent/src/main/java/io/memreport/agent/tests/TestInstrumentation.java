// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.nameMatches;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * The JUnit Platform, whatever engine: the task that runs a node of the test tree brackets a test
 * from the constructor of its class to its clean-up; the sink of all listeners tells results, and
 * brackets the tests of engines that run theirs in another way. JUnit 4 and TestNG without the
 * Platform are woven in the same two ways.
 */
public final class TestInstrumentation {
  private TestInstrumentation() {}

  /**
   * Adds the matchers and their advice.
   *
   * @param spans methods that are spans: names of classes and of methods, as regular expressions
   */
  public static AgentBuilder install(AgentBuilder builder, List<Map.Entry<String, String>> spans) {
    AgentBuilder all = spans(testNg(junit4(platform(builder))));
    for (Map.Entry<String, String> each : spans) {
      all =
          all.type(nameMatches(each.getKey()))
              .transform(
                  new Weave()
                      .with(
                          isMethod()
                              .and(nameMatches(each.getValue()))
                              .and(not(isAbstract()))
                              .and(not(isNative()))
                              .and(not(isSynthetic())),
                          SpanMethod.class));
    }
    return all;
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
