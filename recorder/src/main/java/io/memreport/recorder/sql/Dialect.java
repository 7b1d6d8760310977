// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

/**
 * What tells the dialects of SQL apart where literals begin and end. Where a dialect leaves it
 * open, or is not known, a text is taken for a literal: a name that is lost costs less than a
 * secret that is recorded.
 */
public enum Dialect {
  /** Text in double quotes is a name, or a string where no such column exists. */
  SQLITE(Quotes.UNSURE, true),

  /** Text in double quotes is a string unless {@code ANSI_QUOTES} is set; backslashes escape. */
  MYSQL(Quotes.STRING, false),

  POSTGRESQL(Quotes.NAME, false),

  ORACLE(Quotes.NAME, false),

  /** Text in double quotes is a string where {@code QUOTED_IDENTIFIER} is off. */
  SQL_SERVER(Quotes.UNSURE, true),

  /** H2, HSQLDB, Derby, Db2, DuckDB, Trino: double quotes as in the standard. */
  STANDARD(Quotes.NAME, false),

  UNKNOWN(Quotes.UNSURE, true);

  /** What text in double quotes is. */
  enum Quotes {
    NAME,
    STRING,
    UNSURE
  }

  /** What text in double quotes is. */
  final Quotes quotes;

  /** Whether names may stand in brackets. */
  final boolean brackets;

  Dialect(Quotes quotes, boolean brackets) {
    this.quotes = quotes;
    this.brackets = brackets;
  }

  /** The dialect of a driver's class, by its full name. */
  public static Dialect ofDriver(String driver) {
    if (driver.startsWith("org.sqlite.")) {
      return SQLITE;
    }
    if (driver.startsWith("com.mysql.") || driver.startsWith("org.mariadb.")) {
      return MYSQL;
    }
    if (driver.startsWith("org.postgresql.") || driver.startsWith("com.impossibl.postgres.")) {
      return POSTGRESQL;
    }
    if (driver.startsWith("oracle.")) {
      return ORACLE;
    }
    if (driver.startsWith("com.microsoft.sqlserver.")
        || driver.startsWith("net.sourceforge.jtds.")) {
      return SQL_SERVER;
    }
    return driver.startsWith("org.h2.")
            || driver.startsWith("org.hsqldb.")
            || driver.startsWith("org.apache.derby.")
            || driver.startsWith("com.ibm.db2.")
            || driver.startsWith("org.duckdb.")
            || driver.startsWith("io.trino.")
        ? STANDARD
        : UNKNOWN;
  }
}
