// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.lang.instrument.Instrumentation;

/**
 * What the JVM calls. The application comes first: whatever fails here costs a line on stderr and
 * the recording, never the start.
 */
public final class PreMain {
  /** Flight Recorder, and the beans that count memory: a JVM can be built without them. */
  private static final String[] MODULES = {"jdk.jfr", "java.management", "jdk.management"};

  private PreMain() {}

  /** Called before {@code main}, for {@code -javaagent}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    install(arguments, instrumentation, false);
  }

  /** Called in a running JVM, after an attach. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    install(arguments, instrumentation, true);
  }

  private static void install(String arguments, Instrumentation instrumentation, boolean attached) {
    try {
      for (String module : MODULES) {
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
          say("nothing is recorded, this JVM has no module " + module);
          return;
        }
      }
      NestedJar.appendToBootLoader("memreport-recorder.jar", instrumentation);
      Installation.start(arguments, instrumentation, attached);
      if (attached) {
        OpenConnections.adopt(instrumentation);
      }
    } catch (Throwable e) {
      say("nothing is recorded, the application goes on: " + e);
    }
  }

  static void say(String line) {
    System.err.println("memreport: " + line);
  }
}
