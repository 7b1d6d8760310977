// SPDX-License-Identifier: Apache-2.0
package io.memreport.testing;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints why a test did not run: Surefire counts those that were skipped, and keeps the reason to
 * its XML.
 */
public final class SkipReasons implements TestExecutionListener {
  private final PrintStream out;

  /** Prints to the console of the build. */
  public SkipReasons() {
    this(System.out);
  }

  SkipReasons(PrintStream out) {
    this.out = out;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    print(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
    }
  }

  private void print(TestIdentifier test, String reason) {
    out.println("SKIPPED " + name(test) + ": " + reason);
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .map(
            source -> {
              if (source instanceof MethodSource method) {
                return method.getClassName() + "." + method.getMethodName();
              }
              return source instanceof ClassSource type ? type.getClassName() : null;
            })
        .orElse(test.getDisplayName());
  }
}
