// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.pools;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Borrows a connection from each pool for over a second, on a thread named after the pool, then
 * many for a moment each; one thread never gives its connection back.
 */
public final class PoolProgram {
  /** Names and SQL that try to be markup, and a secret that must stay here. */
  static final String SECRET = "hunter2";

  static final String NAME = "jdbc:sqlite:shop.db?password=" + SECRET + "&</script>";
  static final String INIT_SQL =
      "PRAGMA cache_size=-2000; PRAGMA key = '" + SECRET + "'; select ';" + SECRET + "</script>'";

  /** Three times what lies between two looks at a pool: a busy machine may miss one. */
  private static final long HOLD_MILLIS = 3000;

  private PoolProgram() {}

  /**
   * Runs.
   *
   * @param arguments where the databases go; then, to attach the agent once all pools were used,
   *     its jar and its options
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Map<String, DataSource> pools = pools(folder);
    if (arguments.length > 1) {
      for (DataSource pool : pools.values()) {
        pool.getConnection().close();
      }
      HikariDataSource idle = named("idle", url(folder));
      HikariDataSource closed = named("closed", url(folder));
      ComboPooledDataSource unused = new ComboPooledDataSource("unused");
      closed.close();
      attach(arguments[1], arguments[2]);
      adopt(idle.getHikariPoolMXBean(), poolOf(closed), unused);
    }
    holdEach(pools);
    for (Map.Entry<String, DataSource> pool : pools.entrySet()) {
      for (int i = 0; i < 50; i++) {
        try (Connection connection = pool.getValue().getConnection()) {
          query(connection, "select 2 as short");
        }
      }
    }
    DataSource hikari = pools.get("hikari");
    Thread leaker = new Thread(() -> leak(hikari), "leaker");
    leaker.start();
    leaker.join();
    Thread.sleep(HOLD_MILLIS);
    // A recording must not hang in the locks of pools that close at the same time as the JVM.
    System.exit(0);
  }

  private static void attach(String jar, String options) throws Exception {
    Class<?> type = Class.forName("com.sun.tools.attach.VirtualMachine");
    String pid = Long.toString(ProcessHandle.current().pid());
    Object self = type.getMethod("attach", String.class).invoke(null, pid);
    type.getMethod("loadAgent", String.class, String.class).invoke(self, jar, options);
    type.getMethod("detach").invoke(self);
  }

  /** As a search of the heap does for pools that are there but not used. */
  private static void adopt(Object... found) throws ReflectiveOperationException {
    Method adopt =
        Class.forName("io.memreport.recorder.pool.Pools", true, null)
            .getMethod("adopt", Object.class);
    for (Object pool : found) {
      adopt.invoke(null, pool);
    }
  }

  private static Object poolOf(HikariDataSource closed) throws ReflectiveOperationException {
    Field pool = HikariDataSource.class.getDeclaredField("pool");
    pool.setAccessible(true);
    return pool.get(closed);
  }

  private static HikariDataSource named(String name, String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName(name);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private static void holdEach(Map<String, DataSource> pools) throws InterruptedException {
    List<Thread> borrowers =
        pools.entrySet().stream()
            .map(pool -> new Thread(() -> hold(pool), "borrower of " + pool.getKey()))
            .toList();
    borrowers.forEach(Thread::start);
    for (Thread borrower : borrowers) {
      borrower.join();
    }
  }

  private static void hold(Map.Entry<String, DataSource> pool) {
    try (Connection connection = pool.getValue().getConnection()) {
      query(connection, "select 1 as " + pool.getKey());
      Thread.sleep(HOLD_MILLIS);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(pool.getKey(), e);
    }
  }

  /** What nobody refers to is out all the same. */
  private static void leak(DataSource pool) {
    try {
      query(pool.getConnection(), "select 1 as leaked");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    System.gc();
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(sql).close();
    }
  }

  private static Map<String, DataSource> pools(Path folder) throws Exception {
    Map<String, DataSource> pools = new LinkedHashMap<>();
    String url = url(folder);
    pools.put("hikari", hikari(url));
    pools.put("dbcp2", dbcp2(url));
    pools.put("c3p0", c3p0(url));
    pools.put("agroal", agroal(url));
    pools.put("unpooled", new DriverManagerDataSource(url));
    pools.put("single", new SingleConnectionDataSource(url, true));
    return pools;
  }

  private static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("shop.db");
  }

  private static DataSource hikari(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName(NAME);
    config.setMaximumPoolSize(7);
    config.setMinimumIdle(2);
    config.setIdleTimeout(61_000);
    config.setMaxLifetime(601_000);
    config.setLeakDetectionThreshold(31_000);
    config.setConnectionTimeout(5_001);
    config.setKeepaliveTime(45_000);
    config.setConnectionInitSql(INIT_SQL);
    return new HikariDataSource(config);
  }

  private static DataSource dbcp2(String url) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(url);
    pool.setMaxTotal(6);
    pool.setMinIdle(1);
    pool.setMinEvictableIdle(Duration.ofSeconds(62));
    pool.setDurationBetweenEvictionRuns(Duration.ofSeconds(33));
    pool.setTestWhileIdle(true);
    pool.setMaxConn(Duration.ofSeconds(602));
    pool.setMaxWait(Duration.ofMillis(5_002));
    pool.setRemoveAbandonedOnBorrow(true);
    pool.setRemoveAbandonedTimeout(Duration.ofSeconds(32));
    pool.setConnectionInitSqls(List.of("PRAGMA temp_store=2", "PRAGMA mmap_size(0)"));
    return pool;
  }

  private static DataSource c3p0(String url) throws Exception {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setDriverClass("org.sqlite.JDBC");
    pool.setJdbcUrl(url);
    pool.setDataSourceName("orders");
    pool.setInitialPoolSize(1);
    pool.setMaxPoolSize(5);
    pool.setMinPoolSize(1);
    pool.setMaxIdleTime(63);
    pool.setMaxConnectionAge(603);
    pool.setUnreturnedConnectionTimeout(34);
    pool.setCheckoutTimeout(5_003);
    pool.setIdleConnectionTestPeriod(44);
    return pool;
  }

  private static DataSource agroal(String url) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(4)
                        .minSize(1)
                        .reapTimeout(Duration.ofSeconds(64))
                        .maxLifetime(Duration.ofSeconds(604))
                        .leakTimeout(Duration.ofSeconds(35))
                        .acquisitionTimeout(Duration.ofMillis(5_004))
                        .validationTimeout(Duration.ofSeconds(46))
                        .connectionFactoryConfiguration(
                            factory -> factory.jdbcUrl(url).initialSql("PRAGMA threads=0"))));
  }
}
