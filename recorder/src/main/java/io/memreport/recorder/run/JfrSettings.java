// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.text.Watch;
import java.io.IOException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Configuration;

/**
 * The built-in JFR settings: what explains memory, at a cost that is not seen, and nothing that
 * could hold a secret (no environment, system properties or JVM arguments). Events that this JDK
 * does not have are ignored by JFR.
 */
final class JfrSettings {
  private final Map<String, String> values = new HashMap<>();

  private JfrSettings() {}

  /** The user's settings, or the built-in ones if there are none or they can't be read. */
  static Map<String, String> of(Settings settings) {
    if (settings.jfc() != null) {
      try {
        Map<String, String> chosen =
            new HashMap<>(Configuration.create(settings.jfc()).getSettings());
        KeptEvents.clean(chosen);
        return chosen;
      } catch (IOException | ParseException e) {
        System.err.println("memreport: the built-in JFR settings hold, not settings=: " + e);
      }
    }
    return builtIn(settings.watch().leaks());
  }

  static Map<String, String> builtIn(Watch.Leaks leaks) {
    JfrSettings settings = new JfrSettings();
    settings.on("jdk.Shutdown").on("jdk.DataLoss");
    settings.on("jdk.GCHeapSummary").on("jdk.GarbageCollection").on("jdk.GCConfiguration");
    settings.on("jdk.GCHeapConfiguration").on("jdk.ThreadStart").on("jdk.ThreadEnd");
    settings.on("jdk.ObjectAllocationSample").with("throttle", "150/s").with("stackTrace", "true");
    settings.periodic("jdk.ResidentSetSize", "1 s");
    settings.periodic("jdk.NativeMemoryUsage", "1 s");
    settings.periodic("jdk.NativeMemoryUsageTotal", "1 s");
    settings.periodic("jdk.ContainerMemoryUsage", "1 s");
    settings.periodic("jdk.ContainerConfiguration", "beginChunk");
    settings.periodic("jdk.DirectBufferStatistics", "5 s");
    if (leaks != Watch.Leaks.OFF) {
      // The search for chains to roots stops after this time; it pauses the JVM, at its end only.
      settings.on("jdk.OldObjectSample").with("cutoff", "2 s").with("stackTrace", "true");
    }
    return settings.values;
  }

  private String event;

  private JfrSettings on(String name) {
    event = name;
    return with("enabled", "true");
  }

  private JfrSettings with(String setting, String value) {
    values.put(event + "#" + setting, value);
    return this;
  }

  private void periodic(String name, String period) {
    on(name).with("period", period);
  }
}
