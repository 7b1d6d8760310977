// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test that takes memory, says so, and does not end. */
public final class SlowProgram {
  static final int BLOB = 30_000_001;

  private SlowProgram() {}

  public static void main(String[] arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build());
  }

  /** The suite that is killed. */
  static class Suite {
    @Test
    void never_ends() throws SQLException, InterruptedException {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("create table pictures(data)");
        statement.executeUpdate("insert into pictures values (randomblob(" + BLOB + "))");
        try (ResultSet row = statement.executeQuery("select length(data) from pictures")) {
          row.next();
        }
        System.out.println("ready");
        Thread.sleep(600_000);
      }
    }
  }
}
