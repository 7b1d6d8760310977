// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.LastCollection;
import io.memreport.recorder.heap.TestLoaders;
import io.memreport.recorder.scope.Tests;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.PermissionCollection;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets the weaver see the classes it may want, and loads it when the first one comes. Byte Buddy's
 * start alone would cost each JVM a third of a second.
 */
final class Gate implements ClassFileTransformer {
  /** Loaded classes that passed, and that there was nothing to weave in. */
  private static final Set<Class<?>> LEFT =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private final Instrumentation instrumentation;
  private final List<Map.Entry<String, String>> spans;
  private final Set<String> woven = ConcurrentHashMap.newKeySet();
  private ClassFileTransformer weaver;
  private URLClassLoader isolated;
  private boolean failed;

  private final Object following = new Object();
  private boolean isOver;

  /** Whether a test has begun. */
  private volatile boolean followsTasks;

  /**
   * @param spans methods that are spans: names of classes and of methods, as regular expressions
   */
  Gate(Instrumentation instrumentation, List<Map.Entry<String, String>> spans) {
    this.instrumentation = instrumentation;
    this.spans = spans;
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
    if (loader == null && OutOfMemoryErrors.NAME.equals(name)) {
      return tell(classFile);
    }
    if (followsTasks && redefined == null && isNoneOfTheJvm(loader)) {
      follow(loader, name);
    }
    if (name == null || !(loader == null ? matchBoot(name) : GatedNames.match(name))) {
      return null;
    }
    return Privileged.call(() -> weave(module, loader, name, redefined, domain, classFile));
  }

  private boolean isNoneOfTheJvm(ClassLoader loader) {
    return loader != null && loader != SYSTEM && loader != PLATFORM && loader != isolated;
  }

  private static void follow(ClassLoader loader, String name) {
    try {
      if (LastCollection.isToCome() && !TestLoaders.isKnown(loader, name)) {
        TestLoaders.defines(loader, name, Tests.idOnThisThread());
      }
    } catch (Throwable e) {
      Failure.note("Class loaders of tests", e);
    }
  }

  private byte[] tell(byte[] classFile) {
    byte[] changed = OutOfMemoryErrors.telling(classFile);
    if (changed != null) {
      woven.add(OutOfMemoryErrors.NAME);
    }
    return changed;
  }

  private boolean matchBoot(String name) {
    return GatedNames.matchBoot(name) || followsTasks && GatedNames.matchPools(name);
  }

  /** A test begins: weaves the JDK's pools. */
  void followTasks() throws UnmodifiableClassException {
    synchronized (following) {
      if (!isOver) {
        weavePools();
      }
    }
  }

  /** What {@link #followTasks} weaves at this moment is woven, and nothing after it. */
  void followNoMore() {
    synchronized (following) {
      isOver = true;
    }
  }

  private void weavePools() throws UnmodifiableClassException {
    List<Class<?>> wanted = new ArrayList<>();
    for (String name : GatedNames.POOLS_OF_JDK) {
      try {
        // Not while the application needs it: its loading would wait for us.
        wanted.add(Class.forName(name.replace('/', '.'), false, null));
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == null
          && !wanted.contains(type)
          && GatedNames.matchPools(type.getName().replace('.', '/'))) {
        wanted.add(type);
      }
    }
    followsTasks = true;
    instrumentation.retransformClasses(wanted.toArray(new Class<?>[0]));
  }

  private byte[] weave(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile)
      throws IllegalClassFormatException {
    ClassFileTransformer found = weaver();
    byte[] changed =
        found == null ? null : found.transform(module, loader, name, redefined, domain, classFile);
    if (changed != null) {
      woven.add(name);
    } else if (found != null && redefined != null) {
      LEFT.add(redefined);
    }
    return changed;
  }

  /**
   * Whether a loaded class is worth a retransformation. One that changes nothing still makes the
   * JVM build the class anew, so that a later attach asks only for those that the first one wove.
   */
  static boolean wants(Class<?> type) {
    String name = type.getName().replace('.', '/');
    boolean named =
        type.getClassLoader() == null ? GatedNames.matchBoot(name) : GatedNames.match(name);
    return named && !LEFT.contains(type);
  }

  /** Lets go of the weaver and its jar: nothing is woven from now on. */
  synchronized void close() throws IOException {
    failed = true;
    weaver = null;
    if (isolated != null) {
      isolated.close();
      isolated = null;
    }
  }

  /** The loaded classes that are not as they were. */
  List<Class<?>> woven(Instrumentation instrumentation) {
    return Stream.of(instrumentation.getAllLoadedClasses())
        .filter(type -> woven.contains(type.getName().replace('.', '/')))
        .filter(instrumentation::isModifiableClass)
        .<Class<?>>map(type -> type)
        .toList();
  }

  private synchronized ClassFileTransformer weaver() {
    if (weaver == null && !failed) {
      try {
        weaver = load();
      } catch (Throwable e) {
        failed = true;
        AgentStart.say("tests and queries are not measured, the weaver did not load: " + e);
      }
    }
    return weaver;
  }

  private ClassFileTransformer load() throws Exception {
    try (NestedFile jar = NestedFile.extract("/memreport-weaver.jar", ".jar")) {
      isolated = new Isolated(jar.file().toURI().toURL());
      return (ClassFileTransformer)
          isolated
              .loadClass("io.memreport.agent.weaver.Weaver")
              .getConstructor(Instrumentation.class, List.class)
              .newInstance(instrumentation, spans);
    }
  }

  /** The loader of the weaver, which may do what the agent may. */
  private static final class Isolated extends URLClassLoader {
    Isolated(URL jar) {
      super("memreport", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected PermissionCollection getPermissions(CodeSource source) {
      PermissionCollection all = new AllPermission().newPermissionCollection();
      all.add(new AllPermission());
      return all;
    }
  }
}
