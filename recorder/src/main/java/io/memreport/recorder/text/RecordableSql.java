// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.text.Watch.SqlText;

/** A statement in the log of a PostgreSQL server as it may stand in a recording. */
final class RecordableSql {
  private RecordableSql() {}

  static String of(String sql) {
    SqlText mode = Watch.current().sql();
    if (mode == SqlText.RAW) {
      return sql;
    }
    return mode == SqlText.OFF
        ? "(not recorded: sql=off)"
        : new Fingerprint().read(sql, Dialect.POSTGRESQL).text();
  }
}
