// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * What the JVM calls. This class alone is of Java 8's format: a JVM that can't load the class of an
 * agent does not start at all, and an environment that is set for a build reaches old ones, too.
 */
public final class PreMain {
  private static final int OLDEST = 17;

  /** Set by memreport run: the agent was not asked for in this JVM in particular. */
  private static final String BELOW_RUN = "MEMREPORT_BELOW_RUN";

  private PreMain() {}

  /** Called before {@code main}, for {@code -javaagent}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    start("premain", arguments, instrumentation);
  }

  /** Called in a running JVM, after an attach. */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    start("agentmain", arguments, instrumentation);
  }

  private static void start(String how, String arguments, Instrumentation instrumentation) {
    try {
      boolean below = isBelowRun();
      if (below && isToolOfJdk()) {
        return;
      }
      int version = version(System.getProperty("java.specification.version"));
      if (version < OLDEST) {
        if (!below) {
          System.err.println(
              "memreport: nothing is recorded, this is Java "
                  + version
                  + "; it must be "
                  + OLDEST
                  + " or newer");
        }
        return;
      }
      Class.forName("io.memreport.agent.AgentStart")
          .getMethod(how, String.class, Instrumentation.class)
          .invoke(null, arguments, instrumentation);
    } catch (InvocationTargetException e) {
      System.err.println(
          "memreport: nothing is recorded, the application goes on: " + e.getCause());
    } catch (Throwable e) {
      System.err.println("memreport: nothing is recorded, the application goes on: " + e);
    }
  }

  /** A security policy may keep the environment from us. */
  private static boolean isBelowRun() {
    try {
      return System.getenv(BELOW_RUN) != null;
    } catch (SecurityException e) {
      return false;
    }
  }

  /** The compiler, jar, jps: the launcher of each names its module. */
  private static boolean isToolOfJdk() {
    String main = System.getProperty("jdk.module.main");
    return main != null && main.startsWith("jdk.");
  }

  /** From {@code 1.8} and {@code 11}. */
  private static int version(String text) {
    return Integer.parseInt(text.startsWith("1.") ? text.substring(2) : text);
  }
}
