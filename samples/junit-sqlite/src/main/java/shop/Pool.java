// SPDX-License-Identifier: Apache-2.0
package shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** The connection pool that a part of the suite shares. */
final class Pool {
  private static HikariDataSource pool;

  private Pool() {}

  static synchronized Connection borrow() throws SQLException {
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(new Database().withSchema().url() + "?journal_mode=WAL&cache_size=-2000");
      config.setMaximumPoolSize(3);
      config.setPoolName("shop");
      pool = new HikariDataSource(config);
    }
    return pool.getConnection();
  }
}
