// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A {@code TestDescriptor} of the JUnit Platform, read by name: the boot loader does not see JUnit,
 * and these methods have been the same from Platform 1.0 to 6.1.
 */
record PlatformDescriptor(
    String uniqueId, String displayName, boolean isTest, String className, String methodName) {

  private static final String TEST_DESCRIPTOR = "org.junit.platform.engine.TestDescriptor";

  static PlatformDescriptor of(Object descriptor) throws ReflectiveOperationException {
    Class<?> type = Class.forName(TEST_DESCRIPTOR, false, descriptor.getClass().getClassLoader());
    String uniqueId = type.getMethod("getUniqueId").invoke(descriptor).toString();
    String displayName = (String) type.getMethod("getDisplayName").invoke(descriptor);
    boolean test = (Boolean) type.getMethod("isTest").invoke(descriptor);
    Object source = type.getMethod("getSource").invoke(descriptor);
    Object found = source instanceof Optional<?> optional ? optional.orElse(null) : null;
    return new PlatformDescriptor(
        uniqueId, displayName, test, string(found, "getClassName"), string(found, "getMethodName"));
  }

  /** A test, or a class whose fixtures are worth a row; engines and templates are neither. */
  boolean isMeasured() {
    return isTest || (className != null && methodName == null);
  }

  /** The engine that runs it: with a suite engine around, the innermost. */
  String engine() {
    int from = uniqueId.lastIndexOf("[engine:") + "[engine:".length();
    int to = uniqueId.indexOf(']', from);
    return to < 0 ? null : uniqueId.substring(from, to);
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
