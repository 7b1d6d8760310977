// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What held or took the memory. */
public enum Cause {
  SQLITE_PAGE_CACHE,
  SQLITE_SORT,
  SQLITE_STATEMENTS,
  SQLITE_MEMORY_DB,
  SQLITE_WAL,
  JAVA_HEAP,
  DIRECT_BUFFERS,
  THREADS,
  METASPACE,
  CHILD_PROCESSES,
  PARALLEL_FORKS,
  SHARED_MEMORY,
  NATIVE_OTHER,
  OTHER_PROCESS,
  NONE,
  UNKNOWN;

  /** Whether SQLite allocated it. */
  public boolean isSqlite() {
    return switch (this) {
      case SQLITE_PAGE_CACHE, SQLITE_SORT, SQLITE_STATEMENTS, SQLITE_MEMORY_DB -> true;
      default -> false;
    };
  }

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
