// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.SettingRule;
import java.util.List;

/** All rules of SQLite's settings and use. */
public final class SqliteRules {
  /** In the order in which their findings are shown when they are equally bad. */
  public static final List<SettingRule> ALL = List.of(new CacheSizeUnbounded());

  private SqliteRules() {}
}
