// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of each mojo before and after it. A proxy, since the interface grows with Maven; whatever
 * fails here costs a line and the recording, never the build.
 */
final class MojoListener {
  private static final Logger LOG = LoggerFactory.getLogger(MojoListener.class);

  private MojoListener() {}

  /**
   * Hears before another listener does.
   *
   * @param next Maven's own, or null
   */
  static ExecutionListener before(ExecutionListener next, TestRuns runs) {
    ExecutionListener receiver = next == null ? new AbstractExecutionListener() : next;
    return (ExecutionListener)
        Proxy.newProxyInstance(
            MojoListener.class.getClassLoader(),
            new Class<?>[] {ExecutionListener.class},
            (proxy, method, arguments) -> {
              tell(runs, method.getName(), arguments);
              return pass(receiver, method, arguments);
            });
  }

  private static void tell(TestRuns runs, String name, Object... arguments) {
    try {
      if (name.equals("mojoStarted")) {
        runs.started((ExecutionEvent) arguments[0]);
      } else if (name.equals("mojoSucceeded") || name.equals("mojoFailed")) {
        runs.ended((ExecutionEvent) arguments[0]);
      }
    } catch (Exception | LinkageError e) {
      LOG.warn("memreport: nothing is recorded here: {}", e.toString());
      LOG.debug("memreport", e);
    }
  }

  private static Object pass(Object next, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(next, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
