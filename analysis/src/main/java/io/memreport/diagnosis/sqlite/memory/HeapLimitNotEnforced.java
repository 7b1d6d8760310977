// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A heap limit is set that this build of SQLite does not enforce. */
public final class HeapLimitNotEnforced extends ConnectionRule {
  private static final double SCORE = 70;

  @Override
  public String id() {
    return "sqlite.heap-limit-not-enforced";
  }

  @Override
  public String summary() {
    return "A heap limit is set that this build of SQLite does not enforce";
  }

  @Override
  public String why() {
    return "soft_heap_limit and hard_heap_limit work by counting what SQLite allocates. sqlite-jdbc builds SQLite with"
        + " SQLITE_DEFAULT_MEMSTATUS=0: nothing is counted, so nothing is limited, and the PRAGMA still answers"
        + " the number that was set: https://www.sqlite.org/c3ref/hard_heap_limit64.html."
        + " Reported for connections with such a limit whose SQLite counts nothing: sqlite3_memory_used() is 0"
        + " while a connection is open.";
  }

  @Override
  public String advice() {
    return "Remove it, it protects nothing. Bound the memory by cache_size times the connections of the pool, by"
        + " temp_store=FILE for sorts, by SQLiteConnection.setLimit(SQLITE_LIMIT_LENGTH) for single values, and by"
        + " a memory limit of the container";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA hard_heap_limit = 100000000;   -- sqlite-jdbc's SQLite counts nothing""",
        """
        PRAGMA cache_size = -16000;
        PRAGMA temp_store = FILE;""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    List<String> limits =
        Stream.of("soft_heap_limit", "hard_heap_limit")
            .filter(name -> limit(connection, name) > 0)
            .toList();
    if (limits.isEmpty() || !"no".equals(Settings.text(connection, "heap_limits_enforced"))) {
      return null;
    }
    String said =
        limits.stream()
            .map(name -> "PRAGMA " + name + " answers " + limit(connection, name))
            .collect(Collectors.joining(", "));
    return finding(
        connection,
        SCORE,
        "A heap limit of "
            + Units.bytes(limit(connection, limits.get(0)))
            + " is set, and not enforced",
        "On "
            + Names.connection(connection)
            + " "
            + said
            + ", but this build counts no memory: SQLite says that it uses 0 bytes",
        advice());
  }

  private static long limit(Connection connection, String name) {
    Long limit = Settings.number(connection, name);
    return limit == null ? 0 : limit;
  }
}
