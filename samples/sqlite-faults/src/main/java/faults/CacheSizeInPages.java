// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A cache_size that was meant in KiB. */
final class CacheSizeInPages implements Fault {
  @Override
  public String finding() {
    return "sqlite.cache-size-unbounded";
  }

  @Override
  public void commit(Path folder, boolean fixed) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("orders.db");
    Connection connection =
        Faults.keep(
            DriverManager.getConnection(url + "?cache_size=" + (fixed ? "-16000" : "1000000000")));
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table orders(id integer primary key, customer)");
    }
  }
}
