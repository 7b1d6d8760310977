// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

/**
 * An {@code ITestNGMethod} of TestNG and what became of it, an {@code ITestResult}: these methods
 * have been the same from 6.9 to 7.11.
 */
public final class TestNgMethod {
  public static final String ENGINE = "testng";

  private static final String METHOD = "org.testng.ITestNGMethod";
  private static final String RESULT = "org.testng.ITestResult";

  /** In TestNG 7 the method and its parameters come as one argument. */
  private static final String ARGUMENTS = "org.testng.internal.invokers.TestMethodArguments";

  private TestNgMethod() {}

  /**
   * A test that is invoked.
   *
   * @param arguments of TestNG's own method that does it
   * @return null if no test is among them
   */
  public static TestDescription ofTest(Object[] arguments) throws ReflectiveOperationException {
    Object method = null;
    Object[] parameters = null;
    int index = 0;
    for (Object argument : arguments) {
      if (isA(ARGUMENTS, argument)) {
        method = call(ARGUMENTS, argument, "getTestMethod");
        parameters = (Object[]) call(ARGUMENTS, argument, "getParameterValues");
        index = (Integer) call(ARGUMENTS, argument, "getParametersIndex");
      } else if (isA(METHOD, argument)) {
        method = argument;
      } else if (argument != null && argument.getClass() == Object[].class && parameters == null) {
        parameters = (Object[]) argument;
      } else if (argument instanceof Integer number) {
        index = number;
      }
    }
    if (method == null) {
      return null;
    }
    String name = (String) call(METHOD, method, "getMethodName");
    boolean one = parameters == null || parameters.length == 0;
    return TestDescription.ofMethod(
        ENGINE, className(method), name, one ? name + "()" : "[" + index + "]");
  }

  /** The class of a fixture's method among the arguments, or null. */
  public static TestDescription ofFixture(Object[] arguments) throws ReflectiveOperationException {
    for (Object argument : arguments) {
      if (isA(METHOD, argument)) {
        return TestDescription.ofClass(ENGINE, className(argument));
      }
    }
    return null;
  }

  private static String className(Object method) throws ReflectiveOperationException {
    return ((Class<?>) call(METHOD, method, "getRealClass")).getName();
  }

  /**
   * How a test ended.
   *
   * @param result null if TestNG gives none
   */
  public static String status(Object result) throws ReflectiveOperationException {
    if (result == null) {
      return "skipped";
    }
    // The constants of ITestResult; a failure within the success percentage is none.
    return switch ((Integer) call(RESULT, result, "getStatus")) {
      case 1, 4 -> "passed";
      case 3 -> "skipped";
      default -> "failed";
    };
  }

  /** What a test threw, or null. */
  public static Throwable thrown(Object result) throws ReflectiveOperationException {
    return result != null && call(RESULT, result, "getThrowable") instanceof Throwable thrown
        ? thrown
        : null;
  }

  private static boolean isA(String type, Object object) {
    if (object == null) {
      return false;
    }
    try {
      return Class.forName(type, false, object.getClass().getClassLoader()).isInstance(object);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Object call(String type, Object on, String method)
      throws ReflectiveOperationException {
    return Class.forName(type, false, on.getClass().getClassLoader()).getMethod(method).invoke(on);
  }
}
