// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * How to get at the driver's connection in what pools hand out. Wrappers live as long as a
 * borrowing, and are locked by their own methods: to take the identity hash of one would make each
 * of its locks a heavy one, while the connection within had its hash taken once and for all.
 */
final class Wrapper {
  private static final ClassValue<Wrapper> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Wrapper computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** What is not wrapped, or can't be opened. */
  private static final Wrapper NONE = new Wrapper(null);

  /** A field, or a method without parameters. */
  private final AccessibleObject inner;

  private Wrapper(AccessibleObject inner) {
    this.inner = inner;
  }

  /** The driver's connection; the object itself if it is no wrapper, null if it was closed. */
  static Object open(Object borrowed) throws ReflectiveOperationException {
    AccessibleObject inner = BY_CLASS.get(borrowed.getClass()).inner;
    if (inner instanceof Field field) {
      return field.get(borrowed);
    }
    return inner instanceof Method method ? method.invoke(borrowed) : borrowed;
  }

  private static Wrapper find(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        AccessibleObject inner = inner(each);
        if (inner != null) {
          return inner.trySetAccessible() ? new Wrapper(inner) : NONE;
        }
      } catch (NoSuchFieldException | NoSuchMethodException e) {
        return NONE;
      }
    }
    return NONE;
  }

  private static AccessibleObject inner(Class<?> type)
      throws NoSuchFieldException, NoSuchMethodException {
    return switch (type.getName()) {
      case "com.zaxxer.hikari.pool.ProxyConnection" -> type.getDeclaredField("delegate");
      // Not the one without Internal, which the pool may forbid.
      case "org.apache.commons.dbcp2.DelegatingConnection" ->
          type.getDeclaredMethod("getInnermostDelegateInternal");
      case "com.mchange.v2.c3p0.impl.AbstractNewProxyConnection",
          "com.mchange.v2.c3p0.impl.NewProxyConnection" ->
          type.getDeclaredField("inner");
      case "io.agroal.pool.wrapper.ConnectionWrapper" -> type.getDeclaredField("wrappedConnection");
      default -> null;
    };
  }
}
