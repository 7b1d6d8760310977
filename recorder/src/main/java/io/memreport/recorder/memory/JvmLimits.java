// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.memreport.recorder.event.memory.JvmLimitsEvent;
import java.lang.management.ManagementFactory;

/** Writes what the JVM's options allow it. */
final class JvmLimits {
  private final HotSpotDiagnosticMXBean flags =
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

  static void write() {
    new JvmLimits().commit();
  }

  private void commit() {
    JvmLimitsEvent event = new JvmLimitsEvent();
    event.maxHeap = Runtime.getRuntime().maxMemory();
    event.maxDirect = number("MaxDirectMemorySize", 0);
    event.threadStack = number("ThreadStackSize", 10);
    event.exitOnOutOfMemoryError = Boolean.parseBoolean(flag("ExitOnOutOfMemoryError"));
    event.crashOnOutOfMemoryError = Boolean.parseBoolean(flag("CrashOnOutOfMemoryError"));
    event.errorFile = flag("ErrorFile");
    event.workingDirectory = System.getProperty("user.dir");
    event.commit();
  }

  private long number(String name, int shift) {
    String value = flag(name);
    return value == null ? JvmLimitsEvent.UNKNOWN : Long.parseLong(value) << shift;
  }

  /** Null where this JVM has no such flag, or no value for it. */
  private String flag(String name) {
    try {
      String value = flags == null ? null : flags.getVMOption(name).getValue();
      return value == null || value.isEmpty() ? null : value;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
