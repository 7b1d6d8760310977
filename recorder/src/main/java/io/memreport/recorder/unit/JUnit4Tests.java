// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.unit;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.framework.JUnit4Description;
import io.memreport.recorder.framework.TestDescription;
import io.memreport.recorder.scope.TestScope;
import io.memreport.recorder.scope.Tests;

/**
 * What code woven into JUnit 4 calls, where the JUnit Platform does not run it. As there, a bracket
 * around a test and what listeners are told both tell of most tests.
 */
public final class JUnit4Tests {
  private static final String PLATFORM_ENGINE = "junit-vintage";

  private JUnit4Tests() {}

  /**
   * A runner begins with its tests.
   *
   * @return what {@link #exit} wants back, null if they are not those of one class
   */
  public static Object enterClass(Object runner) {
    try {
      return isElsewhere() ? null : Tests.begin(JUnit4Description.ofClass(runner), true);
    } catch (Throwable e) {
      Failure.note("The start of a class of JUnit 4", e);
      return null;
    }
  }

  /** A test begins on this thread. */
  public static Object enter(Object description) {
    return begin(description, true);
  }

  /** What was entered is over. */
  public static void exit(Object entered, Throwable thrown) {
    if (entered instanceof TestScope test) {
      test.statusIfNone("passed");
    }
    Tests.exit(entered, thrown);
  }

  /** Listeners were told that a test starts. */
  public static void started(Object description) {
    Object unused = begin(description, false);
  }

  /** Listeners are told that a test is over. */
  public static void finished(Object description) {
    try {
      TestScope test = Tests.active(JUnit4Description.ofTest(description).uniqueId());
      if (test != null && !test.bracketed) {
        test.statusIfNone("passed");
        Tests.end(test);
      }
    } catch (Throwable e) {
      Failure.note("The end of a test of JUnit 4", e);
    }
  }

  /**
   * Listeners are told of a failure.
   *
   * @param status {@code failed}, or {@code aborted} if an assumption did not hold
   */
  public static void failed(Object failure, String status) {
    try {
      TestScope test = Tests.active(JUnit4Description.ofFailure(failure).uniqueId());
      if (test != null) {
        test.status(status);
        test.failure(JUnit4Description.thrown(failure));
      }
    } catch (Throwable e) {
      Failure.note("A failure of JUnit 4", e);
    }
  }

  /** Listeners are told that a test is not run. */
  public static void ignored(Object description) {
    try {
      TestDescription read = JUnit4Description.ofTest(description);
      if (!isElsewhere() && read.isTest()) {
        Tests.never(read);
      }
    } catch (Throwable e) {
      Failure.note("An ignored test of JUnit 4", e);
    }
  }

  private static Object begin(Object description, boolean bracketed) {
    try {
      return isElsewhere() ? null : Tests.begin(JUnit4Description.ofTest(description), bracketed);
    } catch (Throwable e) {
      Failure.note("The start of a test of JUnit 4", e);
      return null;
    }
  }

  /** Whether the Platform runs it, or it tells of tests of the Platform, as its own runner does. */
  private static boolean isElsewhere() {
    return Tests.isPlatformEngine(PLATFORM_ENGINE) || Tests.isInsideOther(JUnit4Description.ENGINE);
  }
}
