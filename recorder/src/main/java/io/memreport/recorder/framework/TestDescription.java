// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

/**
 * A test, or a class whose fixtures are measured, as its framework names it.
 *
 * @param uniqueId segments like {@code [engine:junit4]/[class:shop.OrderTest]/[test:saves]}, each
 *     of which begins with all that is around it
 * @param methodName without parameters or an index; null for a class
 */
public record TestDescription(
    String uniqueId, String displayName, boolean isTest, String className, String methodName) {

  /** What stands for an engine. */
  private static final String SPANS = "memreport-span";

  /** A class of a framework that is not the JUnit Platform. */
  static TestDescription ofClass(String engine, String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return new TestDescription(classId(engine, className), simple, false, className, null);
  }

  /** A method of such a class; what tells its runs apart is the name's last part. */
  static TestDescription ofMethod(
      String engine, String className, String methodName, String displayName) {
    String id = classId(engine, className) + "/[test:" + methodName + " " + displayName + "]";
    return new TestDescription(id, displayName, true, className, methodName);
  }

  /**
   * A unit of work that a program names itself.
   *
   * @param number tells it from others of its name
   */
  public static TestDescription ofSpan(String name, long number) {
    String id = "[engine:" + SPANS + "]/[span:" + number + "]";
    return new TestDescription(id, name, true, null, null);
  }

  public boolean isSpan() {
    return uniqueId.startsWith("[engine:" + SPANS + "]");
  }

  private static String classId(String engine, String className) {
    return "[engine:" + engine + "]/[class:" + className + "]";
  }

  /** A test, or a class whose fixtures are worth a row; engines and templates are neither. */
  public boolean isMeasured() {
    return isTest || (className != null && methodName == null);
  }

  /** The engine that runs it: with a suite engine around, the innermost; null if none is named. */
  public String engine() {
    int from = uniqueId.lastIndexOf("[engine:") + "[engine:".length();
    int to = uniqueId.indexOf(']', from);
    return to < 0 ? null : uniqueId.substring(from, to);
  }

  /** Whether it is the root of an engine's tests. */
  public boolean isEngine() {
    return uniqueId.endsWith("[engine:" + engine() + "]");
  }
}
