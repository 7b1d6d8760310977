// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.framework;

import java.util.List;
import java.util.regex.Pattern;

/** Tells an application's own classes from those of libraries and frameworks, by their names. */
public final class ApplicationCode {
  /** What stands between an application and the JDK or a driver, or calls an application. */
  private static final String[] BETWEEN = {
    "io.memreport.recorder.",
    "io.memreport.agent.",
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "org.sqlite.",
    "org.h2.",
    "org.postgresql.",
    "com.mysql.",
    "org.mariadb.",
    "org.hsqldb.",
    "com.zaxxer.hikari.",
    "org.apache.commons.dbcp2.",
    "org.apache.commons.pool2.",
    "com.mchange.",
    "io.agroal.",
    "org.springframework.",
    "org.hibernate.",
    "org.jooq.",
    "org.apache.ibatis.",
    "org.jdbi.",
    "org.junit.",
    "junit.",
    "org.testng.",
    "org.spockframework.",
    "groovy.",
    "org.apache.groovy.",
    "org.codehaus.groovy.",
    "io.cucumber.",
    "io.kotest.",
    "kotlin.",
    "kotlinx.",
    "org.mockito.",
    "net.bytebuddy.",
    "org.apache.maven.",
    "org.gradle.",
    "worker.org.gradle.",
    "com.intellij."
  };

  /** Tests of a library are its users: as Surefire and Failsafe know them by name. */
  private static final Pattern TEST =
      Pattern.compile(".*[.\\p{Ll}\\d](?:Tests?|TestCase|IT|ITCase|Spec)(?:\\$.*)?");

  private ApplicationCode() {}

  /**
   * Whether a class is the application's own, a test of a library included.
   *
   * @param type its binary name
   */
  public static boolean is(String type) {
    for (String library : BETWEEN) {
      if (type.startsWith(library)) {
        return TEST.matcher(type).matches();
      }
    }
    return true;
  }

  /** How the names of libraries' classes begin. */
  public static List<String> libraries() {
    return List.of(BETWEEN);
  }
}
