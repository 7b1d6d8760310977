// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.nativeheap.NativePlatform;
import io.memreport.recorder.pool.Pools;
import io.memreport.recorder.run.Run;
import io.memreport.recorder.run.Settings;
import io.memreport.recorder.run.Subject;
import io.memreport.recorder.scope.JdbcConnections;
import io.memreport.recorder.scope.NativeAccounting;
import io.memreport.recorder.scope.Tasks;
import io.memreport.recorder.text.Watch;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts the recording and opens the gate. Loaded only once the boot loader sees the recorder. */
final class Installation {
  private Installation() {}

  /** The system property that says that an attach began the run, or changed its options. */
  private static final String ATTACHED_PROPERTY = "memreport.attached";

  private static final int BATCH = 20;
  private static final long PAUSE_MILLIS = 20;

  /** Null while nothing is woven. */
  private static Gate gate;

  private static Instrumentation weaving;

  /** What a run was started with whose options an attach has changed; null if none has. */
  private static Watch original;

  /**
   * @param attached whether the application ran already
   */
  static synchronized void start(
      String arguments, Instrumentation instrumentation, boolean attached) throws Exception {
    AgentOptions options = AgentOptions.parse(arguments, System.getProperties(), System.getenv());
    options.warnings().forEach(AgentStart::say);
    Settings settings = options.settings();
    if (Run.isRunning()) {
      Watch before = Run.reconfigure(settings.watch(), settings.rendered());
      original = original == null ? before : original;
      System.setProperty(ATTACHED_PROPERTY, "true");
      AgentStart.say("the agent is there already, its options are changed: " + settings.rendered());
      return;
    }
    openInternals(instrumentation, "jdk.jfr", "jdk.jfr.internal");
    openInternals(instrumentation, "jdk.management", "com.sun.management.internal");
    openInternals(instrumentation, "java.base", "java.lang", "jdk.internal.module", "sun.nio.ch");
    accountNativeHeap(settings.natives());
    HeapSampling.want(settings.heapSampleBytes());
    Run.start(settings, Subject.thisJvm(), version());
    if (attached) {
      System.setProperty(ATTACHED_PROPERTY, "true");
      JdbcConnections.attached();
    }
    try {
      openGate(instrumentation, options.spans());
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      Failure.note("Weaving the classes that were loaded already", e);
    }
    if (attached) {
      OpenConnections.adopt(instrumentation);
    }
  }

  /** Undoes what an attach did: ends its run, or gives the run that was there its options back. */
  static synchronized void stop() throws Exception {
    if (System.clearProperty(ATTACHED_PROPERTY) == null) {
      // A run of the JVM's own start is not ours to end.
      return;
    }
    if (original != null) {
      Run.reconfigure(original, "those that it was started with");
      original = null;
      return;
    }
    Run.stop();
    Tasks.stop();
    if (gate != null) {
      gate.followNoMore();
      weaving.removeTransformer(gate);
      retransform(weaving, gate.woven(weaving));
      gate.close();
      gate = null;
    }
    Pools.stop();
    NativeAccounting.stop();
  }

  /**
   * JFR's repository can be moved, jcmd's commands be run, and a library be loaded without a
   * warning, from inside the JVM only.
   */
  private static void openInternals(
      Instrumentation instrumentation, String module, String... packages) {
    Set<Module> ours = Set.of(Run.class.getModule());
    Map<String, Set<Module>> opened = new HashMap<>();
    for (String name : packages) {
      opened.put(name, ours);
    }
    ModuleLayer.boot()
        .findModule(module)
        .ifPresent(
            found ->
                instrumentation.redefineModule(
                    found, Set.of(), Map.of(), opened, Set.of(), Map.of()));
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
    String resource = "/native/" + directory + "/" + NativePlatform.LIBRARY;
    try (NestedFile library = NestedFile.extract(resource, ".so")) {
      return NativeHeap.load(library.file().toPath());
    }
  }

  private static void openGate(Instrumentation instrumentation, SpanMethods spans)
      throws UnmodifiableClassException {
    // Loaded before the gate stands: a transformer that loads a class of its own meets itself.
    GatedNames.spans(spans.classes());
    GatedNames.match("");
    gate = new Gate(instrumentation, spans.methods());
    weaving = instrumentation;
    instrumentation.addTransformer(gate, true);
    instrumentation.retransformClasses(OutOfMemoryError.class);
    Gate opened = gate;
    Tasks.weaveBy(() -> followTasks(opened));
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (Gate.wants(type) && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    if (!loaded.isEmpty()) {
      NativeAccounting.libraryLoaded();
      retransform(instrumentation, loaded);
    }
  }

  /** On the thread of the first test. */
  private static void followTasks(Gate gate) {
    try {
      Privileged.run(gate::followTasks);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      Failure.note("Weaving the pools of the JDK", e);
    }
  }

  /** In small batches: the application stands still for the time of each. */
  private static void retransform(Instrumentation instrumentation, List<Class<?>> classes)
      throws UnmodifiableClassException {
    for (int from = 0; from < classes.size(); from += BATCH) {
      List<Class<?>> batch = classes.subList(from, Math.min(from + BATCH, classes.size()));
      instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String version() {
    String version = AgentStart.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
