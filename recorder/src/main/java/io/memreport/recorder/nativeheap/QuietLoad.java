// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Loads the shim without the warning on stderr that JVMs from 24 on print when a module loads its
 * first library (JEP 472): whoever gave the JVM an agent has agreed. Where the JVM's options forbid
 * it, it stays forbidden.
 */
final class QuietLoad {
  private static final int WARNS_SINCE = 24;

  private QuietLoad() {}

  static void load(String library) {
    if (Runtime.version().feature() < WARNS_SINCE || !loadUnchecked(library)) {
      System.load(library);
    }
  }

  /** False if it was not tried. */
  private static boolean loadUnchecked(String library) {
    try {
      Method illegal =
          Class.forName("jdk.internal.module.ModuleBootstrap")
              .getDeclaredMethod("illegalNativeAccess");
      illegal.setAccessible(true);
      if (String.valueOf(illegal.invoke(null)).equals("DENY")) {
        return false;
      }
      Method load = Runtime.class.getDeclaredMethod("load0", Class.class, String.class);
      load.setAccessible(true);
      load.invoke(Runtime.getRuntime(), QuietLoad.class, library);
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsatisfiedLinkError unusable) {
        throw unusable;
      }
      return false;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
