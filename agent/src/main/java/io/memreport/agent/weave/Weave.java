// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.weave;

import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.JavaModule;

/** Advice for the methods of one class. */
public final class Weave implements AgentBuilder.Transformer {
  private final List<AsmVisitorWrapper> visitors = new ArrayList<>();

  /** Adds advice, whose code is inlined, to the methods that match. */
  public Weave with(ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
    visitors.add(Advice.to(advice).on(methods));
    return this;
  }

  @Override
  public DynamicType.Builder<?> transform(
      DynamicType.Builder<?> builder,
      TypeDescription type,
      ClassLoader loader,
      JavaModule module,
      ProtectionDomain domain) {
    DynamicType.Builder<?> woven = builder;
    for (AsmVisitorWrapper visitor : visitors) {
      woven = woven.visit(visitor);
    }
    return woven;
  }
}
