// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import java.lang.reflect.Method;

/** Commands of jcmd within this JVM, without an MBean server, which programs set up themselves. */
public final class DiagnosticCommand {
  private DiagnosticCommand() {}

  /** What a command prints, or null if this JVM does not let itself be asked. */
  public static String run(String command) {
    try {
      Class<?> type = Class.forName("com.sun.management.internal.DiagnosticCommandImpl");
      Method instance = type.getDeclaredMethod("getDiagnosticCommandMBean");
      instance.setAccessible(true);
      Method execute = type.getDeclaredMethod("executeDiagnosticCommand", String.class);
      execute.setAccessible(true);
      return (String) execute.invoke(instance.invoke(null), command);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
