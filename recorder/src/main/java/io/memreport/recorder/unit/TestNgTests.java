// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.framework.TestDescription;
import io.memreport.recorder.framework.TestNgMethod;
import io.memreport.recorder.scope.TestScope;
import io.memreport.recorder.scope.Tests;
import io.memreport.recorder.scope.ThreadScope;

/** What code woven into TestNG calls, where the JUnit Platform does not run it. */
public final class TestNgTests {
  private TestNgTests() {}

  /**
   * A test begins on this thread, with the fixtures of its method.
   *
   * @param arguments of TestNG's own method that runs it
   * @return what {@link #exit} wants back, or null
   */
  public static Object enter(Object[] arguments) {
    try {
      return isElsewhere() ? null : Tests.begin(TestNgMethod.ofTest(arguments), true);
    } catch (Throwable e) {
      Failure.note("The start of a test of TestNG", e);
      return null;
    }
  }

  /**
   * A fixture begins: it is its test's if one runs on this thread, else its class's.
   *
   * @return what {@link #exitFixture} wants back, or null
   */
  public static Object enterFixture(Object[] arguments) {
    try {
      TestDescription fixture =
          isElsewhere() || ThreadScope.current().test() != null
              ? null
              : TestNgMethod.ofFixture(arguments);
      return fixture == null ? null : Tests.begin(fixture, true);
    } catch (Throwable e) {
      Failure.note("The start of a fixture of TestNG", e);
      return null;
    }
  }

  /**
   * What {@link #enter} began is over.
   *
   * @param result TestNG's result of it, null for none
   */
  public static void exit(Object entered, Object result, Throwable thrown) {
    if (entered instanceof TestScope test) {
      try {
        test.status(thrown == null ? TestNgMethod.status(result) : "failed");
        test.failure(TestNgMethod.thrown(result));
      } catch (Throwable e) {
        Failure.note("The result of a test of TestNG", e);
      }
    }
    Tests.exit(entered, thrown);
  }

  /** What {@link #enterFixture} began is over. */
  public static void exitFixture(Object entered, Throwable thrown) {
    if (entered instanceof TestScope test) {
      test.status(thrown == null ? "passed" : "failed");
    }
    Tests.exit(entered, thrown);
  }

  private static boolean isElsewhere() {
    return Tests.isPlatformEngine(TestNgMethod.ENGINE) || Tests.isInsideOther(TestNgMethod.ENGINE);
  }
}
