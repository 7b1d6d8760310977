// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import java.util.Locale;
import java.util.Set;

/** The PRAGMAs that say where memory goes. The value of any other may be a secret: a key. */
public final class SettingNames {
  private static final Set<String> RECORDED =
      Set.of(
          "auto_vacuum",
          "busy_timeout",
          "cache_size",
          "cache_spill",
          "foreign_keys",
          "hard_heap_limit",
          "journal_mode",
          "journal_size_limit",
          "locking_mode",
          "mmap_size",
          "page_size",
          "query_only",
          "read_uncommitted",
          "shrink_memory",
          "soft_heap_limit",
          "synchronous",
          "temp_store",
          "threads",
          "wal_autocheckpoint");

  private SettingNames() {}

  /** Whether the value of a PRAGMA may be recorded; the name may hold a schema's before a point. */
  public static boolean isRecorded(String name) {
    return RECORDED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
