// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Runs ever new SQL texts, which fill a recording, while somebody fills the disk. */
public final class FullDiskProgram {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

  private FullDiskProgram() {}

  public static void main(String[] arguments) throws Exception {
    Files.createFile(Path.of(arguments[0]));
    Path full = Path.of(arguments[1]);
    long queries = 0;
    long right = 0;
    Instant end = null;
    while (end == null || Instant.now().isBefore(end)) {
      queries++;
      right += query(queries) == queries ? 1 : 0;
      if (end == null && Files.exists(full)) {
        end = Instant.now().plus(LONG_ENOUGH);
      }
    }
    System.out.println(queries == right ? "all right" : right + " of " + queries);
  }

  private static long query(long number) throws SQLException {
    String sql = "select " + number + " as n" + number + "_" + "abcdefghij".repeat(50);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
