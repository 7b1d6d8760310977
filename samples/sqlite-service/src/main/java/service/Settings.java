// SPDX-License-Identifier: Apache-2.0
package service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How the service is set up: as it was when its memory did not come back, and as it should be. */
enum Settings {
  /**
   * The cache is unbounded, as its size counts pages; sorts stay in memory; four connections stay
   * for an hour; a query that nobody waits for any more goes on.
   */
  INCIDENT("cache_size=1000000000&temp_store=memory", 4, 3600),

  /**
   * 16 MB of cache, sorts in files, connections that go when they idle, and queries with an end.
   */
  FIXED("cache_size=-16000&temp_store=file", 1, 10);

  private static final int CONNECTIONS = 4;

  private final String parameters;
  private final int minimumIdle;
  private final int idleSeconds;

  Settings(String parameters, int minimumIdle, int idleSeconds) {
    this.parameters = parameters;
    this.minimumIdle = minimumIdle;
    this.idleSeconds = idleSeconds;
  }

  /** The pool, with its connections. */
  HikariDataSource pool(Path database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders");
    config.setJdbcUrl("jdbc:sqlite:" + database + "?journal_mode=wal&" + parameters);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(minimumIdle);
    config.setIdleTimeout(TimeUnit.SECONDS.toMillis(idleSeconds));
    config.setMaxLifetime(TimeUnit.SECONDS.toMillis(this == FIXED ? 30 : 2 * idleSeconds));
    return new HikariDataSource(config);
  }

  /** Whether a report that is given up is cancelled, too. */
  boolean cancels() {
    return this == FIXED;
  }

  /**
   * The report: sorted by what no index is in the order of, or by an index and only its first rows.
   */
  String report() {
    return this == FIXED
        ? "select id, customer, note, total from orders order by total desc limit 100"
        : "select id, customer, note, total from orders indexed by orders_by_status"
            + " where status in ('open', 'shipped') order by note, total desc";
  }
}
