// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;

/**
 * What {@code PreMain} calls in a JVM that is new enough. The application comes first: whatever
 * fails here costs a line on stderr and the recording, never the start.
 */
public final class AgentStart {
  /** Flight Recorder, and the beans that count memory: a JVM can be built without them. */
  private static final String[] MODULES = {"jdk.jfr", "java.management", "jdk.management"};

  /** The argument that ends a recording which an attach began. */
  static final String STOP = "stop";

  /** The system property that says why nothing is recorded. */
  private static final String ERROR_PROPERTY = "memreport.error";

  private AgentStart() {}

  /** Called before {@code main}, for {@code -javaagent}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    install(arguments, instrumentation, false);
  }

  /** Called in a running JVM, after an attach; the argument {@link #STOP} ends what one began. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    if (STOP.equals(arguments)) {
      stop();
    } else {
      install(arguments, instrumentation, true);
    }
  }

  private static void stop() {
    try {
      if (isRecorderThere()) {
        Installation.stop();
      }
    } catch (Throwable e) {
      say("the recording could not be ended: " + e);
    }
  }

  private static boolean isRecorderThere() {
    try {
      Class.forName("io.memreport.recorder.run.Run", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void install(String arguments, Instrumentation instrumentation, boolean attached) {
    try {
      for (String module : MODULES) {
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
          fail("nothing is recorded, this JVM has no module " + module);
          return;
        }
      }
      System.clearProperty(ERROR_PROPERTY);
      if (!isRecorderThere()) {
        BootClasses.load("memreport-recorder.jar", instrumentation);
      }
      Installation.start(arguments, instrumentation, attached);
    } catch (Throwable e) {
      fail("nothing is recorded, the application goes on: " + reason(e));
    }
  }

  /** An exception of no special kind is one of ours and says all; of others the kind says most. */
  private static String reason(Throwable e) {
    if (e instanceof SecurityException) {
      return "the security policy does not allow it ("
          + e.getMessage()
          + "); it must grant the agent's"
          + " jar java.security.AllPermission";
    }
    return e.getClass() == IOException.class ? e.getMessage() : e.toString();
  }

  private static void fail(String line) {
    say(line);
    try {
      System.setProperty(ERROR_PROPERTY, line);
    } catch (SecurityException e) {
      // It is said on stderr; thrown from here it would end the JVM.
      return;
    }
  }

  static void say(String line) {
    System.err.println("memreport: " + line);
  }
}
