// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The classes of a nested jar in the boot loader, where every class of the application sees them.
 * To append a jar to the loader's path is the documented way, but makes the JVM say so on stderr
 * and do without its archive of shared classes for all other loaders: it is taken only where the
 * classes can't be defined one by one.
 */
final class BootClasses {
  private static final String SUFFIX = ".class";

  private BootClasses() {}

  /** Brings the classes in, one way or the other. */
  static void load(String jar, Instrumentation instrumentation) throws IOException {
    try {
      define(classes(jar), definer(instrumentation));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      append(jar, instrumentation);
    }
  }

  private static List<byte[]> classes(String jar) throws IOException {
    List<byte[]> classes = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(resource("/" + jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(SUFFIX) && !name.endsWith("-info" + SUFFIX)) {
          classes.add(zip.readAllBytes());
        }
      }
    }
    return classes;
  }

  /** Supertypes first: who comes too early is tried again. */
  private static void define(List<byte[]> classes, Consumer<byte[]> definer) {
    List<byte[]> left = classes;
    while (!left.isEmpty()) {
      List<byte[]> later = new ArrayList<>();
      NoClassDefFoundError missing = null;
      for (byte[] bytes : left) {
        try {
          definer.accept(bytes);
        } catch (NoClassDefFoundError e) {
          missing = e;
          later.add(bytes);
        }
      }
      if (later.size() == left.size()) {
        throw missing;
      }
      left = later;
    }
  }

  @SuppressWarnings("unchecked")
  private static Consumer<byte[]> definer(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    String name = AgentStart.class.getPackageName() + ".BootDefiner";
    Apart apart = new Apart();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of("jdk.internal.misc", Set.of(apart.getUnnamedModule())),
        Map.of(),
        Set.of(),
        Map.of());
    try (InputStream in = resource("/" + name.replace('.', '/') + SUFFIX)) {
      return (Consumer<byte[]>) apart.define(in.readAllBytes()).getConstructor().newInstance();
    }
  }

  /** A loader that can be forgotten. */
  private static final class Apart extends ClassLoader {
    Apart() {
      super(null);
    }

    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length, BootClasses.class.getProtectionDomain());
    }
  }

  private static void append(String jar, Instrumentation instrumentation) throws IOException {
    try (NestedFile nested = NestedFile.extract("/" + jar, ".jar");
        JarFile opened = new JarFile(nested.file(), false)) {
      instrumentation.appendToBootstrapClassLoaderSearch(opened);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = BootClasses.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name + " in the agent's jar");
    }
    return in;
  }
}
