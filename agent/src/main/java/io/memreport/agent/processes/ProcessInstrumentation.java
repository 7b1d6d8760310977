// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import java.util.Map;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * {@code ProcessBuilder}, through which {@code Runtime.exec} and pipelines come, too: all its
 * public methods end in a private one with the redirects as its argument.
 */
public final class ProcessInstrumentation {
  private ProcessInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return builder
        .type(named("java.lang.ProcessBuilder"))
        .transform(new Weave().with(named("start").and(takesArguments(1)), ProcessStart.class))
        .asTerminalTransformation()
        .type(named("java.lang.ProcessImpl"))
        .transform(
            new Weave()
                .with(
                    named("start").and(takesArguments(5)).and(takesArgument(1, Map.class)),
                    ProcessEnvironment.class))
        .asTerminalTransformation()
        .type(named("java.lang.ProcessImpl$ProcessPipeInputStream"))
        .transform(new Weave().with(isConstructor(), ProcessPipe.class))
        .asTerminalTransformation();
  }
}
