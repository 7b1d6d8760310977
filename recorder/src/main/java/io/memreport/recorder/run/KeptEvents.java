// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.text.Watch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The types of events that a recording of ours may hold, by name: our own, and those of the JDK
 * that our settings turn on. Whatever else is recorded in the same JVM stays out.
 */
public final class KeptEvents implements Predicate<String> {
  /**
   * What holds the environment, properties, command lines, options of agents, or what other
   * recordings were told: never kept, even where a file of settings turns it on.
   */
  private static final Set<String> NEVER =
      Set.of(
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSystemProperty",
          "jdk.InitialSecurityProperty",
          "jdk.SecurityPropertyModification",
          "jdk.JVMInformation",
          "jdk.StringFlag",
          "jdk.StringFlagChanged",
          "jdk.JavaAgent",
          "jdk.NativeAgent",
          "jdk.SystemProcess",
          "jdk.ProcessStart",
          "jdk.ActiveRecording",
          "jdk.ActiveSetting");

  private static final String ENABLED = "#enabled";

  private final Set<String> names = new HashSet<>();

  private KeptEvents() {}

  /** Of a recording with these settings of JFR. */
  static KeptEvents of(Map<String, String> settings) {
    KeptEvents kept = new KeptEvents();
    kept.names.addAll(FlightRecording.eventNames());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String key = setting.getKey();
      if (key.endsWith(ENABLED) && Boolean.parseBoolean(setting.getValue())) {
        kept.names.add(key.substring(0, key.length() - ENABLED.length()));
      }
    }
    kept.names.removeAll(NEVER);
    return kept;
  }

  /** Of a recording with the built-in settings. */
  public static KeptEvents builtIn() {
    return of(JfrSettings.builtIn(Watch.Leaks.SAMPLES));
  }

  /** Takes out of settings what is never kept, so that it is not recorded either. */
  static void clean(Map<String, String> settings) {
    for (String name : NEVER) {
      settings.keySet().removeIf(key -> key.startsWith(name + "#"));
    }
  }

  @Override
  public boolean test(String name) {
    return names.contains(name);
  }
}
