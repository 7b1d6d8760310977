// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** What is done wrongly with statements and results. */
final class StatementFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault("sqlite.result-left-open", StatementFaults::openResult),
          new Fault("sqlite.wal-growth", StatementFaults::walGrowth),
          new Fault("sqlite.bound-values-kept", StatementFaults::boundValue),
          new Fault("sqlite.generated-keys-busy", StatementFaults::generatedKeys),
          new Fault("sqlite.statement-not-closed", StatementFaults::openStatements));

  private static final int STATEMENTS = 60;

  private StatementFaults() {}

  private static void openResult(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 5_000);
    Statement statement = Faults.keep(Faults.open(file, "").createStatement());
    ResultSet rows = Faults.keep(statement.executeQuery("select note from orders order by note"));
    rows.next();
    if (fixed) {
      statement.close();
    }
  }

  private static void walGrowth(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 1_000);
    Connection writer = Faults.open(file, "journal_mode=WAL");
    Statement reader = Faults.keep(Faults.open(file, "").createStatement());
    ResultSet rows = Faults.keep(reader.executeQuery("select id, note from orders"));
    rows.next();
    if (fixed) {
      reader.close();
    }
    for (int i = 0; i < 100; i++) {
      Faults.run(writer, "update orders set note = printf('%0900d', id + " + i + ")");
    }
  }

  private static void boundValue(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 1_000);
    PreparedStatement statement =
        Faults.keep(Faults.open(file, "").prepareStatement("select id from orders where note = ?"));
    statement.setString(1, "x".repeat(6_000_000));
    statement.executeQuery().close();
    if (fixed) {
      statement.close();
    }
  }

  private static void generatedKeys(Path file, boolean fixed) throws Exception {
    Connection connection = Faults.open(file, fixed ? "jdbc.get_generated_keys=false" : "");
    Faults.run(connection, "create table orders(id integer primary key, note)");
    PreparedStatement insert =
        Faults.keep(connection.prepareStatement("insert into orders(note) values (?)"));
    insert.setString(1, "one");
    insert.executeUpdate();
  }

  private static void openStatements(Path file, boolean fixed) throws Exception {
    Faults.fill(file, 1_000);
    Connection connection = Faults.open(file, "");
    for (int i = 0; i < STATEMENTS; i++) {
      PreparedStatement statement =
          Faults.keep(connection.prepareStatement("select note from orders where id = ?"));
      statement.setInt(1, i);
      statement.executeQuery().close();
      if (fixed) {
        statement.close();
      }
    }
  }
}
