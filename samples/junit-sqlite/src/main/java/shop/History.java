// SPDX-License-Identifier: Apache-2.0
package shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Years of sales: some 40 MB, filled once and read by the reports. */
final class History {
  private static final int SALES = 300_000;
  private static final Database DATABASE = new Database();
  private static boolean filled;

  private History() {}

  static synchronized Database database() throws SQLException {
    if (!filled) {
      try (Connection connection = DATABASE.connect();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            "create table sales(id integer primary key, region text, article text, cents integer)");
        statement.executeUpdate(
            "insert into sales(region, article, cents)"
                + " with recursive n(i) as (select 1 union all select i + 1 from n where i < "
                + SALES
                + ") select printf('region %03d of the northern sales area', i % 97),"
                + " printf('article %08x in its gift wrapping with a ribbon and a card',"
                + " i * 2654435761 % 4294967296), i * 7919 % 100003 from n");
      }
      filled = true;
    }
    return DATABASE;
  }
}
