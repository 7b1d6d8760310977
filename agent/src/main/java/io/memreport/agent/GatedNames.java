// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

/**
 * The classes that are worth a closer look, by their internal names. All others cost a few string
 * comparisons, and a JVM without any of these never loads the weaver.
 */
final class GatedNames {
  private static final String[] PREFIXES = {
    "org/sqlite/",
    "org/h2/",
    "org/postgresql/",
    "com/mysql/",
    "org/mariadb/jdbc/",
    "oracle/jdbc/",
    "com/microsoft/sqlserver/jdbc/",
    "org/apache/derby/",
    "org/hsqldb/",
    "com/ibm/db2/",
    "org/duckdb/",
    "io/trino/jdbc/",
    "org/firebirdsql/",
    "org/junit/platform/launcher/core/ExecutionListenerAdapter",
    "org/junit/platform/engine/support/hierarchical/NodeTestTask",
  };

  private GatedNames() {}

  static boolean match(String name) {
    if (!name.startsWith("o") && !name.startsWith("c") && !name.startsWith("io/t")) {
      return false;
    }
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
