// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;

/** A large database on a large machine has the default cache of 2 MB. */
public final class SmallCacheOnLargeHost extends ConnectionRule {
  private static final long DEFAULT = -2000;
  private static final long LARGE_HOST = 64L << 30;
  private static final long LARGE_DATABASE = 1L << 30;
  private static final double INFO = 10;

  @Override
  public String id() {
    return "sqlite.small-cache-on-large-host";
  }

  @Override
  public String summary() {
    return "A large database on a large machine has the default cache of 2 MB";
  }

  @Override
  public String why() {
    return "cache_size=-2000 is made for small devices. On a machine of 64 GiB or more, with a database of 1 GiB or more,"
        + " some 256 MB a connection cost little; beyond that the kernel's own cache serves all connections at once."
        + " Reported if both are so and cache_size is the default.";
  }

  @Override
  public String advice() {
    return "Set cache_size=-262144 (256 MiB); memreport sqlite advise sizes it for your machine.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        jdbc:sqlite:/data/shop.db                     # 40 GB, with a cache of 2 MB""",
        "jdbc:sqlite:/data/shop.db?cache_size=-262144  # 256 MB");
  }

  @Override
  public Fix example() {
    return SettingFix.example("cache_size", "-262144");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long size = Settings.number(connection, "cache_size");
    MemoryBudget budget = MemoryBudget.of(facts, connection.runId());
    Long database = connection.status().databaseBytes();
    if (size == null
        || size != DEFAULT
        || budget == null
        || budget.memoryBytes() < LARGE_HOST
        || database == null
        || database < LARGE_DATABASE) {
      return null;
    }
    return finding(
            connection,
            INFO,
            "A database of " + Units.bytes(database) + " has a cache of 2 MB",
            "On "
                + Names.connection(connection)
                + " cache_size is the default, on a machine with "
                + Units.bytes(budget.memoryBytes()),
            advice())
        .mendedBy(SettingFix.of(connection, "cache_size", "-262144", null));
  }
}
