// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A {@code TestDescriptor} of the JUnit Platform: these methods have been the same from Platform
 * 1.0 to 6.1.
 */
public final class PlatformDescriptor {
  private static final String TEST_DESCRIPTOR = "org.junit.platform.engine.TestDescriptor";

  private PlatformDescriptor() {}

  public static TestDescription of(Object descriptor) throws ReflectiveOperationException {
    Class<?> type = Class.forName(TEST_DESCRIPTOR, false, descriptor.getClass().getClassLoader());
    String uniqueId = type.getMethod("getUniqueId").invoke(descriptor).toString();
    String displayName = (String) type.getMethod("getDisplayName").invoke(descriptor);
    boolean test = (Boolean) type.getMethod("isTest").invoke(descriptor);
    Object source = type.getMethod("getSource").invoke(descriptor);
    Object found = source instanceof Optional<?> optional ? optional.orElse(null) : null;
    return new TestDescription(
        uniqueId, displayName, test, string(found, "getClassName"), string(found, "getMethodName"));
  }

  private static String string(Object source, String getter) throws ReflectiveOperationException {
    if (source == null) {
      return null;
    }
    for (Method method : source.getClass().getMethods()) {
      if (method.getName().equals(getter) && method.getParameterCount() == 0) {
        return (String) method.invoke(source);
      }
    }
    return null;
  }
}
