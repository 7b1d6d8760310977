// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.function.Consumer;

/**
 * Defines classes in the boot loader by {@code jdk.internal.misc.Unsafe.defineClass} (JDK 17 to
 * 25). Lives in a loader of its own, the only one that the package is exported to: the application
 * gets no access that it had not.
 *
 * <p>{@link #accept} throws NoClassDefFoundError if a supertype is not defined yet.
 */
public final class BootDefiner implements Consumer<byte[]> {
  private final Object unsafe;
  private final Method define;

  public BootDefiner() throws ReflectiveOperationException {
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    unsafe = type.getMethod("getUnsafe").invoke(null);
    define =
        type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class);
  }

  @Override
  public void accept(byte[] bytes) {
    try {
      define.invoke(unsafe, null, bytes, 0, bytes.length, null, null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError) {
        throw (LinkageError) e.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
