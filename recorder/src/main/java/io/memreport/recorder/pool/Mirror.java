// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.event.MemreportEvent;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Reads an object of the application by the names of its getters. What this version of its class
 * does not have, or does not let us read, is unknown.
 *
 * @param of null reads as an object of which nothing is known
 */
record Mirror(Object of) {

  /** What a method without parameters returns; null if it can't be called. */
  Object call(String method) {
    for (Class<?> type = typeOf(); type != null; type = type.getSuperclass()) {
      try {
        Method found = type.getDeclaredMethod(method);
        return found.trySetAccessible() ? found.invoke(of) : null;
      } catch (NoSuchMethodException e) {
        continue;
      } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
        return null;
      }
    }
    return null;
  }

  /** The value of a field; null if it can't be read. */
  Object field(String name) {
    for (Class<?> type = typeOf(); type != null; type = type.getSuperclass()) {
      try {
        Field found = type.getDeclaredField(name);
        return found.trySetAccessible() ? found.get(of) : null;
      } catch (NoSuchFieldException e) {
        continue;
      } catch (IllegalAccessException | RuntimeException e) {
        return null;
      }
    }
    return null;
  }

  private Class<?> typeOf() {
    return of == null ? null : of.getClass();
  }

  Mirror get(String method) {
    return new Mirror(call(method));
  }

  String text(String method) {
    return call(method) instanceof String text ? text : null;
  }

  boolean is(String method) {
    return Boolean.TRUE.equals(call(method));
  }

  /** A number, or {@link MemreportEvent#UNKNOWN}. */
  long number(String method) {
    return call(method) instanceof Number number ? number.longValue() : MemreportEvent.UNKNOWN;
  }

  /** A {@link Duration} in milliseconds, or {@link MemreportEvent#UNKNOWN}. */
  long duration(String method) {
    Object value = call(method);
    // Not toMillis(), which throws for the longest durations.
    return value instanceof Duration time
        ? TimeUnit.MILLISECONDS.convert(time)
        : MemreportEvent.UNKNOWN;
  }

  /** A number of seconds in milliseconds, or {@link MemreportEvent#UNKNOWN}. */
  long seconds(String method) {
    long seconds = number(method);
    return seconds == MemreportEvent.UNKNOWN ? seconds : TimeUnit.SECONDS.toMillis(seconds);
  }
}
