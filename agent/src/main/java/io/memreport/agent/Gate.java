// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets the weaver see the classes it may want, and loads it when the first one comes. Byte Buddy's
 * start alone would cost each JVM a third of a second.
 */
final class Gate implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final Set<String> woven = ConcurrentHashMap.newKeySet();
  private ClassFileTransformer weaver;
  private URLClassLoader isolated;
  private boolean failed;

  Gate(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
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
    if (name == null || !(loader == null ? GatedNames.matchBoot(name) : GatedNames.match(name))) {
      return null;
    }
    ClassFileTransformer found = weaver();
    byte[] changed =
        found == null ? null : found.transform(module, loader, name, redefined, domain, classFile);
    if (changed != null) {
      woven.add(name);
    }
    return changed;
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
        PreMain.say("tests and queries are not measured, the weaver did not load: " + e);
      }
    }
    return weaver;
  }

  private ClassFileTransformer load() throws Exception {
    File jar = NestedJar.extract("/memreport-weaver.jar", ".jar");
    isolated =
        new URLClassLoader(
            "memreport", new URL[] {jar.toURI().toURL()}, ClassLoader.getPlatformClassLoader());
    ClassFileTransformer loaded =
        (ClassFileTransformer)
            isolated
                .loadClass("io.memreport.agent.weaver.Weaver")
                .getConstructor(Instrumentation.class)
                .newInstance(instrumentation);
    NestedJar.discard(jar);
    return loaded;
  }
}
