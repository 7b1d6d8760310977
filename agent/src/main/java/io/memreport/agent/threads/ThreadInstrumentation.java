// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import java.util.concurrent.ForkJoinTask;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The JDK's pools and timers, and with them their subclasses in any library: where a task is handed
 * over and where it runs. Only between methods, so that a pool whose threads run already, inside
 * methods that stay as they were, is followed too.
 */
public final class ThreadInstrumentation {
  private ThreadInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return completions(timers(forkJoin(pools(builder))));
  }

  private static AgentBuilder pools(AgentBuilder builder) {
    return builder
        .type(named("java.util.concurrent.ThreadPoolExecutor"))
        .transform(
            new Weave()
                .with(named("execute").and(takesArguments(1)), TaskSubmitted.class)
                .with(named("getTask").and(takesArguments(0)), NextTask.class))
        .asTerminalTransformation()
        .type(named("java.util.concurrent.ThreadPoolExecutor$Worker"))
        .transform(new Weave().with(named("run").and(takesArguments(0)), WorkerLife.class))
        .asTerminalTransformation()
        .type(named("java.util.concurrent.ScheduledThreadPoolExecutor"))
        .transform(
            new Weave()
                .with(namedOneOf("delayedExecute", "reExecutePeriodic"), TaskSubmitted.class))
        .asTerminalTransformation();
  }

  private static AgentBuilder forkJoin(AgentBuilder builder) {
    ElementMatcher.Junction<MethodDescription> ofTask = takesArgument(0, ForkJoinTask.class);
    return builder
        .type(named("java.util.concurrent.ForkJoinPool$WorkQueue"))
        .transform(
            new Weave()
                .with(named("push").and(takesArguments(2)).and(ofTask), TaskForked.class)
                .with(
                    named("push")
                        .and(takesArguments(3))
                        .and(ofTask)
                        .and(takesArgument(2, boolean.class)),
                    TaskPushed.class)
                .with(named("lockedPush").and(ofTask), TaskQueued.class)
                .with(named("topLevelExec").and(ofTask), NextFork.class))
        .asTerminalTransformation()
        .type(named("java.util.concurrent.ForkJoinPool"))
        .transform(new Weave().with(named("scheduleDelayedTask"), TaskQueued.class))
        .asTerminalTransformation()
        .type(named("java.util.concurrent.ForkJoinTask"))
        .transform(new Weave().with(named("doExec").and(takesArguments(0)), TaskRun.class))
        .asTerminalTransformation();
  }

  private static AgentBuilder timers(AgentBuilder builder) {
    return builder
        .type(named("java.util.Timer"))
        .transform(new Weave().with(named("sched"), TaskSubmitted.class))
        .asTerminalTransformation()
        .type(named("java.util.TaskQueue"))
        .transform(
            new Weave()
                .with(namedOneOf("removeMin", "rescheduleMin"), TimerFired.class)
                .with(named("getMin"), TimerLooked.class))
        .asTerminalTransformation();
  }

  /** What follows a stage runs where that ends, but is of the test that asked for it. */
  private static AgentBuilder completions(AgentBuilder builder) {
    return builder
        .type(named("java.util.concurrent.CompletableFuture"))
        .transform(
            new Weave()
                .with(named("unipush").and(takesArguments(1)), TaskQueued.class)
                .with(namedOneOf("bipush", "orpush").and(takesArguments(2)), DependentAdded.class))
        .asTerminalTransformation()
        .type(nameStartsWith("java.util.concurrent.CompletableFuture$"))
        .transform(new Weave().with(named("tryFire").and(takesArguments(1)), TaskRun.class))
        .asTerminalTransformation();
  }
}
