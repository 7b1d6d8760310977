// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.nativeheap.NativePlatform;
import io.memreport.recorder.run.Run;
import io.memreport.recorder.run.Settings;
import io.memreport.recorder.scope.Failure;
import io.memreport.recorder.scope.Jdbc;
import io.memreport.recorder.scope.NativeAccounting;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts the recording and opens the gate. Loaded only once the boot loader sees the recorder. */
final class Installation {
  private Installation() {}

  /**
   * @param attached whether the application ran already
   */
  static void start(String arguments, Instrumentation instrumentation, boolean attached)
      throws Exception {
    if (!Run.claim()) {
      PreMain.say("the agent is there already, this second one does nothing");
      return;
    }
    AgentOptions options = AgentOptions.parse(arguments, System.getProperties(), System.getenv());
    options.warnings().forEach(PreMain::say);
    Settings settings = options.settings();
    openInternals(instrumentation, "jdk.jfr", "jdk.jfr.internal");
    openInternals(instrumentation, "jdk.management", "com.sun.management.internal");
    accountNativeHeap(settings.natives());
    Run.start(settings, version());
    if (attached) {
      Jdbc.attached();
    }
    try {
      openGate(instrumentation);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      Failure.note("Weaving the classes that were loaded already", e);
    }
  }

  /** JFR's repository can be moved, and jcmd's commands be run, from inside the JVM only. */
  private static void openInternals(Instrumentation instrumentation, String module, String name) {
    Set<Module> ours = Set.of(Run.class.getModule());
    ModuleLayer.boot()
        .findModule(module)
        .ifPresent(
            found ->
                instrumentation.redefineModule(
                    found, Set.of(), Map.of(), Map.of(name, ours), Set.of(), Map.of()));
  }

  private static void accountNativeHeap(Settings.Natives natives) {
    String directory = NativePlatform.directory();
    if (natives == Settings.Natives.OFF) {
      NativeAccounting.unavailable("native=off");
    } else if (directory == null) {
      NativeAccounting.unavailable(NativePlatform.unsupported());
    } else {
      NativeAccounting.start(() -> loadShim(directory), natives == Settings.Natives.ALL);
    }
  }

  private static String loadShim(String directory) throws IOException {
    File library = NestedJar.extract("/native/" + directory + "/" + NativePlatform.LIBRARY, ".so");
    String refused = NativeHeap.load(library.toPath());
    NestedJar.discard(library);
    return refused;
  }

  private static void openGate(Instrumentation instrumentation) throws UnmodifiableClassException {
    // Loaded before the gate stands: a transformer that loads a class of its own meets itself.
    GatedNames.match("");
    instrumentation.addTransformer(new Gate(instrumentation), true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (GatedNames.match(type.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    if (!loaded.isEmpty()) {
      NativeAccounting.libraryLoaded();
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    }
  }

  private static String version() {
    String version = PreMain.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
