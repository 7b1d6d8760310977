// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.weaver;

import io.memreport.agent.jdbc.DriverInstrumentation;
import io.memreport.agent.jdbc.sqlite.SqliteInstrumentation;
import io.memreport.agent.pools.PoolInstrumentation;
import io.memreport.agent.processes.ProcessInstrumentation;
import io.memreport.agent.tests.TestInstrumentation;
import io.memreport.agent.threads.ThreadInstrumentation;
import io.memreport.recorder.failure.Failure;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;

/** Weaves the classes that came through the gate; the only class that the gate knows. */
public final class Weaver implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final ClassFileTransformer woven;

  /**
   * Reads the matchers; called once, by name.
   *
   * @param spans methods that are spans: names of classes and of methods, as regular expressions
   */
  public Weaver(Instrumentation instrumentation, List<Map.Entry<String, String>> spans) {
    this.instrumentation = instrumentation;
    // Byte Buddy is relocated, and so is this name: the application's own copy does not see it.
    System.setProperty("net.bytebuddy.safe", "true");
    AgentBuilder builder =
        new AgentBuilder.Default(
                new ByteBuddy()
                    .with(TypeValidation.DISABLED)
                    .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE))
            .disableClassFormatChanges()
            .with(AgentBuilder.TypeStrategy.Default.DECORATE)
            .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
            .with(AgentBuilder.PoolStrategy.Default.FAST)
            .with(new Listener())
            .ignore(ElementMatchers.isSynthetic());
    AgentBuilder pools =
        PoolInstrumentation.install(
            ProcessInstrumentation.install(ThreadInstrumentation.install(builder)));
    AgentBuilder drivers = DriverInstrumentation.install(SqliteInstrumentation.install(pools));
    woven = TestInstrumentation.install(drivers, spans).makeRaw();
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile)
      throws IllegalClassFormatException {
    open(module, name);
    return woven.transform(module, loader, name, redefined, domain, classFile);
  }

  /**
   * Lets the recorder read the fields of a driver or pool on the module path, as it may on the
   * class path: settings, status and what a pool holds are read so.
   */
  private void open(Module module, String name) {
    int slash = name == null ? -1 : name.lastIndexOf('/');
    if (module == null || !module.isNamed() || module.getClassLoader() == null || slash < 0) {
      return;
    }
    String opened = name.substring(0, slash).replace('/', '.');
    Module recorder = Failure.class.getModule();
    try {
      if (!module.isOpen(opened, recorder)) {
        instrumentation.redefineModule(
            module, Set.of(), Map.of(), Map.of(opened, Set.of(recorder)), Set.of(), Map.of());
      }
    } catch (RuntimeException e) {
      Failure.note("Opening module " + module.getName(), e);
    }
  }

  /** A class that can't be woven stays as it is, and the recording says so. */
  private static final class Listener extends AgentBuilder.Listener.Adapter {
    @Override
    public void onError(
        String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable thrown) {
      Failure.note("Weaving " + type, thrown);
    }
  }
}
