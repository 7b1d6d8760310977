// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.weave;

import io.memreport.recorder.stack.Mishap;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.Addition;
import net.bytebuddy.implementation.bytecode.Removal;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;

/** Advice for the methods of one class. */
public final class Weave implements AgentBuilder.Transformer {
  /** What a hook throws is swallowed, and counted without a call: see {@link Mishap}. */
  private static final StackManipulation COUNT_MISHAP =
      new StackManipulation.Compound(
          Removal.SINGLE,
          FieldAccess.forField(mishaps()).read(),
          IntegerConstant.ONE,
          Addition.INTEGER,
          FieldAccess.forField(mishaps()).write());

  private final List<AsmVisitorWrapper> visitors = new ArrayList<>();

  /** Adds advice, whose code is inlined, to the methods that match. */
  public Weave with(ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
    visitors.add(Advice.to(advice).withExceptionHandler(COUNT_MISHAP).on(methods));
    return this;
  }

  private static FieldDescription.InDefinedShape mishaps() {
    return TypeDescription.ForLoadedType.of(Mishap.class)
        .getDeclaredFields()
        .filter(ElementMatchers.named("count"))
        .getOnly();
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
