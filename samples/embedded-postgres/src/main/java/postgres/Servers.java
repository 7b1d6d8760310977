// SPDX-License-Identifier: Apache-2.0
package postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers, small ones, each with its data in a folder that says which test it is of. */
final class Servers {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Servers() {}

  static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(
            Path.of(System.getProperty("java.io.tmpdir"), "memreport-postgres").toFile())
        .setDataDirectory(dataDirectory())
        .setServerConfig("shared_buffers", "16MB")
        .setServerConfig("max_connections", "20")
        .setServerConfig("fsync", "off")
        // A server that is killed would leave its socket behind.
        .setServerConfig("unix_socket_directories", "")
        .start();
  }

  static Path dataDirectory() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "memreport-postgres-data");
    Files.createDirectories(folder);
    return folder.resolve(ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
  }

  /** Has it do a little. */
  static long count(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from pg_class")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The process that all others of a server are children of. */
  static ProcessHandle postmaster(EmbeddedPostgres server) throws SQLException, IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet folder = statement.executeQuery("show data_directory")) {
      folder.next();
      Path lock = Path.of(folder.getString(1), "postmaster.pid");
      long pid = Long.parseLong(Files.readAllLines(lock).get(0).strip());
      return ProcessHandle.of(pid).orElseThrow();
    }
  }
}
