// SPDX-License-Identifier: Apache-2.0
package service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** What the service does with its database. */
final class Orders {
  /** For so long a client waits for its report. */
  private static final long PATIENCE_MILLIS = 100;

  private final DataSource pool;
  private final Settings settings;

  Orders(DataSource pool, Settings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /** One order. */
  String order() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select customer, total from orders where id = ?")) {
      statement.setInt(1, 1 + ThreadLocalRandom.current().nextInt(1000));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) + " " + row.getInt(2) : "none";
      }
    }
  }

  /** A new order. */
  String add() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into orders(customer, status, note, total) values (?, 'open', '', ?)")) {
      statement.setInt(1, ThreadLocalRandom.current().nextInt(100_003));
      statement.setInt(2, ThreadLocalRandom.current().nextInt(100_000));
      return "added " + statement.executeUpdate();
    }
  }

  /** All orders, the largest first: the query that takes too long. */
  String report() throws SQLException, InterruptedException, TimedOutException {
    AtomicReference<Statement> running = new AtomicReference<>();
    CompletableFuture<String> report =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return read(running);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            },
            task -> new Thread(task, "report").start());
    try {
      return report.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (settings.cancels()) {
        Statement statement = running.get();
        if (statement != null) {
          statement.cancel();
        }
      } else {
        // Looks as if it ended the query, and does not.
        report.cancel(true);
      }
      throw new TimedOutException();
    } catch (ExecutionException e) {
      throw new SQLException(e.getCause());
    }
  }

  private String read(AtomicReference<Statement> running) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      running.set(statement);
      long orders = 0;
      long total = 0;
      try (ResultSet rows = statement.executeQuery(settings.report())) {
        while (rows.next()) {
          orders++;
          total += rows.getLong(4);
        }
      }
      return orders + " orders of " + total;
    }
  }
}
