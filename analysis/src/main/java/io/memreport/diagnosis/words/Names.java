// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import io.memreport.model.TestResult;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.Locale;
import java.util.regex.Pattern;

/** What things are called in sentences. */
public final class Names {
  private static final int LONGEST = 120;

  /** As Spock's features have it: {@code #rows}, {@code #order.size()}. */
  private static final Pattern PLACE_HOLDER = Pattern.compile("#[\\w.()]+");

  private Names() {}

  /** A name as sentences have it: a long one is cut, and a row of the report has all of it. */
  public static String shown(String name) {
    return shown(name, LONGEST);
  }

  /** A text of at most so many characters, and an ellipsis if that is not all. */
  public static String shown(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean half = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, half ? longest - 1 : longest) + "…";
  }

  public static String test(TestResult test) {
    return shown(whole(test));
  }

  private static String whole(TestResult test) {
    String name = test.displayName() == null ? test.methodName() : test.displayName();
    if (test.className() == null || test.isFixture()) {
      return test.className() == null
          ? name == null ? test.id() : name
          : simple(test.className()) + " (fixtures)";
    }
    String method = test.methodName() == null ? null : test.methodName() + "()";
    // Of a method with parameters the name shows their types.
    boolean same =
        method == null
            || name == null
            || name.equals(test.methodName())
            || name.equals(method)
            || name.startsWith(test.methodName() + "(");
    String shown =
        same
            ? (method == null ? name : method)
            : saysItself(test.methodName(), name) ? name : test.methodName() + " " + name;
    return simple(test.className()) + "." + shown;
  }

  /**
   * JUnit 4 repeats the method before an index, and Spock the feature before its data, or with them
   * in its place holders; Spock's methods have names that nobody gave.
   */
  private static boolean saysItself(String method, String name) {
    return name.startsWith(method + "[")
        || name.startsWith(method + " [")
        || method.startsWith("$spock_feature")
        || isFilledIn(method, name);
  }

  /** Whether a name has all that stands between the place holders of another, in its order. */
  private static boolean isFilledIn(String template, String name) {
    String[] parts = PLACE_HOLDER.split(template, -1);
    int at = parts[0].length();
    boolean same = parts.length > 1 && name.startsWith(parts[0]);
    for (int i = 1; same && i < parts.length; i++) {
      int found = name.indexOf(parts[i], at);
      same = found >= 0;
      at = found + parts[i].length();
    }
    return same;
  }

  /** The name of a class without its package. */
  public static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  public static String sql(Query query) {
    return sql(query.sql());
  }

  /** The text may be lost, where JFR dropped its event. */
  public static String sql(String sql) {
    if (sql == null) {
      return "(its text was lost)";
    }
    return shown(sql);
  }

  public static String connection(Connection connection) {
    return shown(whole(connection));
  }

  private static String whole(Connection connection) {
    return connection.url() == null ? connection.id() : connection.url();
  }

  /** As in {@code 1 query} and {@code 2,000 queries}. */
  public static String counted(long count, String one) {
    String many =
        one.endsWith("y")
            ? one.substring(0, one.length() - 1) + "ies"
            : one + (one.endsWith("s") ? "es" : "s");
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  public static Culprit culprit(TestResult test, Long bytes) {
    return new Culprit("test", test.id(), whole(test), bytes);
  }

  public static Culprit culprit(Query query, Long bytes) {
    return new Culprit("query", query.id(), sql(query), bytes);
  }

  public static Culprit culprit(Connection connection, Long bytes) {
    return new Culprit("connection", connection.id(), whole(connection), bytes);
  }

  /** As in {@code ; OrderTest.saves() took 41.8 MiB}; empty if nobody is known. */
  public static String taking(Culprit culprit) {
    return culprit == null || culprit.bytes() == null
        ? ""
        : "; " + shown(culprit.name()) + " took " + Units.bytes(culprit.bytes());
  }

  public static Evidence recorded(String text) {
    return new Evidence(text, "recording", null);
  }

  /**
   * As the beginning of a sentence; a name that begins small, as macOS, stays so, and so does a
   * URL.
   */
  public static String capital(String text) {
    return text.contains(" ") && !text.startsWith("jdbc:")
        ? Character.toUpperCase(text.charAt(0)) + text.substring(1)
        : text;
  }
}
