// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.buffers;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.memreport.agent.weave.Weave;
import net.bytebuddy.agent.builder.AgentBuilder;

/**
 * {@code java.nio.Bits}, which counts direct buffers against their limit (JDK 17 to 25). The error
 * that it throws is made by Java code, so that neither JVM TI nor JFR tells of it.
 */
public final class BufferInstrumentation {
  private BufferInstrumentation() {}

  /** Adds the matcher and its advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return builder
        .type(named("java.nio.Bits"))
        .transform(
            new Weave()
                .with(
                    named("reserveMemory").and(takesArguments(long.class, long.class)),
                    BufferRefused.class))
        .asTerminalTransformation();
  }
}
