// SPDX-License-Identifier: Apache-2.0
package faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** What is set wrongly. */
final class SettingFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault("sqlite.cache-size-unbounded", SettingFaults::cacheSizeInPages),
          new Fault("sqlite.parameter-in-file-name", SettingFaults::unknownParameter),
          new Fault("sqlite.heap-limit-not-enforced", SettingFaults::heapLimit),
          new Fault("sqlite.init-sql-first-only", SettingFaults::initSql),
          new Fault("sqlite.cache-spill-off", SettingFaults::spillOff),
          new Fault("sqlite.attached-caches", SettingFaults::attachedCache),
          new Fault("sqlite.shared-cache", SettingFaults::sharedCache),
          new Fault("sqlite.temp-table-kept", SettingFaults::tempTable),
          new Fault("sqlite.worker-threads", SettingFaults::workerThreads),
          new Fault("sqlite.idle-cache", SettingFaults::idleCache),
          new Fault("sqlite.cache-too-small", SettingFaults::cacheTooSmall),
          new Fault("sqlite.cache-churn", SettingFaults::cacheChurn),
          new Fault("sqlite.temporary-files-in-memory", SettingFaults::sortOnTmpfs));

  private SettingFaults() {}

  private static void cacheSizeInPages(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, "cache_size=" + (fixed ? "-16000" : "1000000000"));
    Faults.run(connection, "create table orders(id integer primary key)");
  }

  /** Where temporary files go is said by the environment of this process. */
  private static void sortOnTmpfs(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, "temp_store=FILE&cache_size=-1000");
    Faults.fill(file, 120_000);
    try (Statement statement = connection.createStatement()) {
      Faults.read(
          statement.executeQuery(
              "select id, note from orders order by " + (fixed ? "id" : "note desc")));
    }
  }

  private static void unknownParameter(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, fixed ? "" : "soft_heap_limit=1000000");
    Faults.run(connection, "create table orders(id integer primary key)");
  }

  private static void heapLimit(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, "");
    Faults.run(connection, "create table orders(id integer primary key)");
    if (!fixed) {
      Faults.run(connection, "pragma soft_heap_limit=50000000");
    }
  }

  private static void initSql(Path file, boolean fixed) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setPoolName("init");
    config.setMaximumPoolSize(2);
    config.setJdbcUrl("jdbc:sqlite:" + file + (fixed ? "?cache_size=-4000&busy_timeout=5000" : ""));
    if (!fixed) {
      config.setConnectionInitSql("pragma cache_size=-4000; pragma busy_timeout=5000");
    }
    try (Connection connection = Faults.keep(new HikariDataSource(config)).getConnection()) {
      Faults.run(connection, "create table orders(id integer primary key)");
    }
  }

  private static void spillOff(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 100_000);
    Connection connection = Faults.open(file, "");
    Faults.run(connection, "pragma cache_spill=" + (fixed ? 1 : 0));
    connection.setAutoCommit(false);
    Faults.run(connection, "update orders set customer = customer + 1");
  }

  private static void attachedCache(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, "");
    Faults.run(
        connection,
        "create table orders(id integer primary key)",
        "attach '" + file.resolveSibling("archive.db") + "' as archive",
        "create table archive.orders(id integer primary key)",
        "pragma archive.cache_size=" + (fixed ? "-2000" : "100000"));
  }

  private static void sharedCache(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(Path.of("file:" + file), fixed ? "" : "cache=shared");
    Faults.run(connection, "create table orders(id integer primary key)");
  }

  private static void tempTable(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 100_000);
    Connection connection = Faults.open(file, "temp_store=" + (fixed ? "FILE" : "MEMORY"));
    Faults.run(
        connection,
        "create temp table work as select * from orders",
        "drop table work",
        "select count(*) from orders where id < 10");
  }

  private static void workerThreads(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 20_000);
    Connection connection = Faults.open(file, "");
    if (!fixed) {
      Faults.run(connection, "pragma threads=2");
    }
    Faults.run(connection, "select note from orders order by note");
  }

  private static void idleCache(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 200_000);
    for (int i = 0; i < 2; i++) {
      Connection connection = Faults.open(file, "cache_size=" + (fixed ? "-16000" : "-200000"));
      Faults.run(connection, "select note from orders");
    }
  }

  private static void cacheTooSmall(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 100_000);
    Connection connection = Faults.open(file, "cache_size=" + (fixed ? "-40000" : "-2000"));
    for (int i = 0; i < 16; i++) {
      Faults.run(connection, "select note from orders");
    }
  }

  private static void cacheChurn(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 100_000);
    Connection reader = Faults.open(file, "cache_size=-40000");
    Connection writer = Faults.open(file, "");
    try (Statement statement = writer.createStatement()) {
      for (int i = 0; i < 16; i++) {
        Faults.run(reader, "select note from orders");
        if (!fixed || i == 0) {
          statement.executeUpdate("update orders set customer = 1 where id = " + (i + 1));
        }
      }
    }
  }
}
