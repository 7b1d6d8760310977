// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

import java.util.List;

/**
 * A {@code Description} of JUnit 4: these methods have been the same from 4.6 to 4.13. JUnit 3 runs
 * through it.
 */
public final class JUnit4Description {
  public static final String ENGINE = "junit4";

  private static final String DESCRIPTION = "org.junit.runner.Description";
  private static final String DESCRIBABLE = "org.junit.runner.Describable";
  private static final String FAILURE = "org.junit.runner.notification.Failure";

  private JUnit4Description() {}

  /** A test: of one with parameters the index is the display name, as {@code [0]}. */
  public static TestDescription ofTest(Object description) throws ReflectiveOperationException {
    String className = (String) call(DESCRIPTION, description, "getClassName");
    String name = (String) call(DESCRIPTION, description, "getMethodName");
    if (name == null) {
      // A class that could not be set up fails as a whole, in the name of the class.
      return TestDescription.ofClass(ENGINE, className);
    }
    int bracket = name.indexOf('[');
    return bracket > 0
        ? TestDescription.ofMethod(
            ENGINE, className, name.substring(0, bracket), name.substring(bracket))
        : TestDescription.ofMethod(ENGINE, className, name, name + "()");
  }

  /**
   * The class whose tests a runner runs, or null if it is none: a suite has classes of its own
   * within it, and what is between a class with parameters and its tests has no class.
   */
  public static TestDescription ofClass(Object runner) throws ReflectiveOperationException {
    Object description = call(DESCRIBABLE, runner, "getDescription");
    Object type = call(DESCRIPTION, description, "getTestClass");
    if (!(type instanceof Class<?> testClass)) {
      return null;
    }
    Object leaf = description;
    while (call(DESCRIPTION, leaf, "getChildren") instanceof List<?> children
        && !children.isEmpty()) {
      leaf = children.get(0);
    }
    String ofLeaf = (String) call(DESCRIPTION, leaf, "getClassName");
    return leaf != description && testClass.getName().equals(ofLeaf)
        ? TestDescription.ofClass(ENGINE, testClass.getName())
        : null;
  }

  /** Of which test a {@code Failure} tells. */
  public static TestDescription ofFailure(Object failure) throws ReflectiveOperationException {
    return ofTest(call(FAILURE, failure, "getDescription"));
  }

  /** What a {@code Failure} tells of, or null. */
  public static Throwable thrown(Object failure) throws ReflectiveOperationException {
    return call(FAILURE, failure, "getException") instanceof Throwable thrown ? thrown : null;
  }

  private static Object call(String type, Object on, String method)
      throws ReflectiveOperationException {
    return Class.forName(type, false, on.getClass().getClassLoader()).getMethod(method).invoke(on);
  }
}
